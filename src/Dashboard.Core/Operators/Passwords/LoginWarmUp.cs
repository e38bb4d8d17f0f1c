using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Operators.Passwords;

/// <summary>Makes the hash that unknown names are checked against before anybody can measure that it is being made.</summary>
internal sealed class LoginWarmUp(OperatorLogin login) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.Run(login.Prepare, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

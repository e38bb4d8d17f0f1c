using Dashboard.Core.Operators;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.SignIn;

/// <summary>Shows a new Signet's generated password: once, on the console, and in no log.</summary>
internal static class FirstLogin
{
    public static async Task EnsureAsync(WebApplication app)
    {
        var generated = await app.Services.GetRequiredService<OperatorBootstrap>().EnsureAsync(CancellationToken.None);
        if (generated is null)
        {
            return;
        }

        app.Lifetime.ApplicationStarted.Register(() => Console.WriteLine(
            $"""

            Signet is new. Sign in at {app.Services.GetRequiredService<IOptions<SignetOptions>>().Value.Issuer} and choose a password of your own:
              user name  {generated.UserName}
              password   {generated.Password}

            """));
    }
}

using System.Reflection;
using System.Runtime.CompilerServices;
using Dashboard.App;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Architecture;

/// <summary>What holds for everything that runs in a circuit.</summary>
public sealed class CircuitRules
{
    private static readonly IReadOnlyList<SourceFile> Web = SourceFile.Below("src/Dashboard");

    // Drawings and pages of our own, and one fixed word.
    private static readonly string[] Markup = ["Icon.razor", "ComparedTokens.razor.cs", "ProblemPage.razor.cs", "ProblemTexts.cs"];

    // A counter of ids for elements, and whether this process serves.
    private static readonly string[] Counters = ["ElementId._last", "Serving._hasStarted"];

    [Fact]
    public void Nothing_in_a_circuit_asks_for_the_request_that_began_it() =>
        Assert.Empty(Web.Where(file => file.Text.Contains("IHttpContextAccessor", StringComparison.Ordinal)).Select(file => file.Path));

    [Fact]
    public void Nothing_that_was_stored_is_rendered_as_markup() => Assert.Empty(
        Web.Where(file => file.Text.Contains("MarkupString", StringComparison.Ordinal) || file.Text.Contains("AddMarkupContent", StringComparison.Ordinal))
            .Select(file => Path.GetFileName(file.Path))
            .Except(Markup));

    [Fact]
    public void Nothing_static_changes() => Assert.Empty(
        typeof(AppRoot).Assembly.GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.Name.Contains('<', StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}")
            .Except(Counters));

    [Fact]
    public async Task Circuits_are_few_and_small()
    {
        await using var signet = await WholeSignet.StartAsync();

        var circuits = signet.Services.GetRequiredService<IOptions<CircuitOptions>>().Value;
        var hub = HubOptionsOf(signet.Services);

        Assert.False(circuits.DetailedErrors);
        Assert.InRange(circuits.DisconnectedCircuitMaxRetained, 1, 50);
        Assert.InRange(circuits.DisconnectedCircuitRetentionPeriod, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.InRange(circuits.JSInteropDefaultCallTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10));
        Assert.Equal(32 * 1024, hub.MaximumReceiveMessageSize);
        Assert.Equal(1, hub.MaximumParallelInvocationsPerClient);
        Assert.False(hub.EnableDetailedErrors);
    }

    // The framework's hub is internal: its options are found by its name.
    private static HubOptions HubOptionsOf(IServiceProvider services)
    {
        var hub = typeof(CircuitOptions).Assembly.GetType("Microsoft.AspNetCore.Components.Server.ComponentHub")!;
        var options = services.GetRequiredService(typeof(IOptions<>).MakeGenericType(typeof(HubOptions<>).MakeGenericType(hub)));
        return (HubOptions)options.GetType().GetProperty("Value")!.GetValue(options)!;
    }
}

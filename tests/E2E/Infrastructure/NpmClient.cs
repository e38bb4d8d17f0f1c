using System.Diagnostics;
using System.Reflection;
using System.Text.Json;

namespace Dashboard.Tests.E2E.Infrastructure;

/// <summary>
/// An OAuth client of somebody else: a script under <c>tests/E2E/Npm</c> in its own Node.js process. It says which address
/// its person shall open, and in the end what it found.
/// </summary>
internal sealed class NpmClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly string Folder = typeof(NpmClient).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(item => item.Key == "Npm").Value!;

    private readonly Process _process;
    private readonly Task<string> _errors;

    private NpmClient(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public static NpmClient Start(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Folder, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new NpmClient(Process.Start(start)!);
    }

    /// <summary>The address that the person shall open.</summary>
    public async Task<Uri> AsksToOpenAsync() => new((await ReadAsync("open")).GetString()!);

    /// <summary>What the client found at its end.</summary>
    public Task<JsonElement> FoundAsync() => ReadAsync("found");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<JsonElement> ReadAsync(string name)
    {
        using var limit = new CancellationTokenSource(Patience);
        var line = await _process.StandardOutput.ReadLineAsync(limit.Token);
        if (line is null)
        {
            Assert.Fail($"The client ended: {await _errors}");
        }

        using var json = JsonDocument.Parse(line);
        Assert.True(json.RootElement.TryGetProperty(name, out var value), line);
        return value.Clone();
    }
}

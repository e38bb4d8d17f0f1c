using System.Text.Json;
using Dashboard.Commands;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Commands;

/// <summary>Types commands as a person does, on the store of a server that runs meanwhile.</summary>
internal sealed class CommandRunner : IAsyncDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly Queue<string> _answers = [];
    private readonly Dictionary<string, string?> _settings = new(StringComparer.OrdinalIgnoreCase);
    private string _input = "";

    private CommandRunner(CoreHost host, Dictionary<string, string?> settings) => (Host, _settings) = (host, settings);

    /// <summary>The server.</summary>
    public CoreHost Host { get; }

    /// <summary>What was said beside the answers so far.</summary>
    public string Said => _error.ToString();

    public static async Task<CommandRunner> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, bool hosted = false, Action<IServiceCollection>? configure = null)
    {
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in StoreKinds.Default.Concat(settings ?? new Dictionary<string, string?>(StringComparer.Ordinal)))
        {
            all[name] = value;
        }

        // Commands go by the real clock, and so a server beside them does.
        var host = CoreHost.Create(all, hosted, configure);
        host.Clock.Jump(TimeProvider.System.GetUtcNow());
        await host.OpenAsync();
        all["Signet:DataFolder"] = host.Folder;
        all["Signet:Issuer"] = CoreHost.Issuer;
        all.TryAdd("Keys:Algorithm", "ES256");
        return new CommandRunner(host, all);
    }

    /// <summary>What the person says to the next question; asked more often than told, they say nothing.</summary>
    public void Answers(string text) => _answers.Enqueue(text);

    /// <summary>What the next commands find on standard input.</summary>
    public void Pipes(string text) => _input = text;

    /// <summary>Types a command at a terminal, waits for its end and gives its exit code.</summary>
    public Task<int> RunAsync(params string[] arguments) =>
        RunAsync(() => _answers.TryDequeue(out var answer) ? answer : null, arguments);

    /// <summary>The same where there is no terminal.</summary>
    public Task<int> RunUnattendedAsync(params string[] arguments) => RunAsync(null, arguments);

    /// <summary>Types a command that goes on until it is stopped, as by Ctrl-C, and answers elsewhere.</summary>
    public Task<int> RunUntilAsync(TextWriter output, CancellationToken stop, params string[] arguments) => CommandLine.RunAsync(
        Typed(arguments), new CommandConsole(output, _error, null), stop);

    /// <summary>The answer on standard output since the last time, as text.</summary>
    public string Answer()
    {
        var answer = _out.ToString().Trim();
        _out.GetStringBuilder().Clear();
        return answer;
    }

    /// <summary>Runs a command with <c>--json</c> that must end well, and gives its answer.</summary>
    public async Task<JsonElement> ReadAsync(params string[] arguments)
    {
        Assert.True(await RunAsync([.. arguments, "--json"]) is 0, Said + _out);
        return JsonSerializer.Deserialize<JsonElement>(Answer());
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private Task<int> RunAsync(Func<string?>? ask, string[] arguments) => CommandLine.RunAsync(
        Typed(arguments), new CommandConsole(_out, _error, ask) { In = () => new StringReader(_input) });

    private string[] Typed(string[] arguments) => [.. _settings.Select(setting => $"--{setting.Key}={setting.Value}"), .. arguments];
}

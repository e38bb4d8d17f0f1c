using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dashboard.Core;
using Dashboard.Core.Audit;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.Commands;

/// <summary>One verb at work: what was typed, where it answers, and how it comes to the core.</summary>
/// <param name="settings">Settings that were given beside the verb.</param>
/// <param name="console">Where it answers and asks.</param>
/// <param name="parsed">What was typed.</param>
internal sealed class CommandRun(string[] settings, CommandConsole console, ParseResult parsed)
{
    private const string NoReason = "None given at the command line";

    private static readonly IReadOnlyDictionary<string, string?> NoOverrides = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Who the audit log says did it: <c>cli:&lt;os user&gt;</c>.</summary>
    public static readonly Actor Who = Actor.OfCommand(Environment.UserName);

    private bool _answersInJson;

    public CommandConsole Console => console;

    public ParseResult Parsed => parsed;

    public bool IsJson => _answersInJson || parsed.GetValue(VerbOptions.Json);

    /// <summary>True to say only what would happen.</summary>
    public bool IsDryRun => parsed.GetValue(VerbOptions.DryRun);

    /// <summary>What the audit log says: why, in the person's words where they gave any.</summary>
    public string Reason => parsed.GetValue(VerbOptions.Reason) is { } reason && !string.IsNullOrWhiteSpace(reason) ? reason.Trim() : NoReason;

    /// <summary>Answers in JSON from now on: for verbs that have another option for that as well.</summary>
    public void AnswerInJson() => _answersInJson = true;

    /// <summary>Works with the settings alone; no store is opened.</summary>
    /// <param name="work">What is done; its number is the exit code.</param>
    /// <param name="overrides">Settings that the verb decides itself.</param>
    public Task<int> WithSettingsAsync(
        Func<WebApplication, Task<int>> work, IReadOnlyDictionary<string, string?>? overrides = null) => WithUncheckedSettingsAsync(
        app =>
        {
            app.ValidateSettings();
            return work(app);
        },
        overrides);

    /// <summary>The same for a verb that has more to say of a wrong setting than a start has; it checks the others itself.</summary>
    /// <inheritdoc cref="WithSettingsAsync"/>
    public async Task<int> WithUncheckedSettingsAsync(
        Func<WebApplication, Task<int>> work, IReadOnlyDictionary<string, string?>? overrides = null)
    {
        await using var app = CommandHost.Build(settings, overrides ?? NoOverrides);
        return await work(app);
    }

    /// <summary>Works on the configured store, beside a server or without one.</summary>
    /// <param name="work">What is done; its number is the exit code.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="parts">What of the core it works with.</param>
    /// <param name="overrides">Settings that the verb decides itself.</param>
    public Task<int> WithCoreAsync(
        Func<IServiceProvider, Task<int>> work,
        CancellationToken cancellationToken,
        CoreParts parts = CoreParts.Everything,
        IReadOnlyDictionary<string, string?>? overrides = null) => WithSettingsAsync(
        async app =>
        {
            await using var core = await CommandCore.OpenAsync(app.Services, parts, cancellationToken);
            return await work(app.Services);
        },
        overrides);

    /// <summary>
    /// Whether a change is made now: null where it is, because somebody said <c>--yes</c> or <c>yes</c>. Otherwise the exit code,
    /// and what would have happened was said.
    /// </summary>
    /// <param name="consequence">What happens, whom it concerns, and what can't be undone: whole sentences.</param>
    /// <param name="facts">The same for scripts: an object, whose members the answer has.</param>
    public int? Settle(string consequence, object? facts = null)
    {
        if (IsDryRun)
        {
            var plan = new JsonObject { ["status"] = "planned", ["message"] = consequence };
            foreach (var (name, value) in JsonSerializer.SerializeToNode(facts, Json.Options)?.AsObject() ?? [])
            {
                plan[name] = value?.DeepClone();
            }

            return Answer(
                plan,
                writer =>
                {
                    writer.WriteLine(consequence);
                    writer.WriteLine("Nothing was changed.");
                });
        }

        return parsed.GetValue(VerbOptions.Yes) || console.Confirms(consequence) ? null : Refuse("NOT_CONFIRMED", "Nothing was changed.");
    }

    /// <summary>Answers, to a script with one JSON object and to a person with text. Gives the exit code.</summary>
    public int Answer<T>(T answer, Action<TextWriter> text, int exitCode = ExitCodes.Done)
    {
        if (IsJson)
        {
            console.Out.WriteLine(JsonSerializer.Serialize(answer, Json.Options));
        }
        else
        {
            text(console.Out);
        }

        return exitCode;
    }

    /// <inheritdoc cref="Answer{T}(T, Action{TextWriter}, int)"/>
    public int Answer<T>(T answer, string text, int exitCode = ExitCodes.Done) =>
        Answer(answer, writer => writer.WriteLine(text), exitCode);

    /// <summary>
    /// Says beside the answer what a person must know; in JSON the answer says it. So the answer alone is on standard output.
    /// </summary>
    public void Note(string text)
    {
        if (!IsJson)
        {
            console.Error.WriteLine(text);
        }
    }

    /// <summary>The refusal that the API would give: the same code and words. Wrong values are wrong use.</summary>
    public int Refuse(ProblemResult problem) => Refuse(
        problem.Code.Name, problem.Detail, problem.Code is ErrorCode.ValidationFailed ? ExitCodes.WrongUse : ExitCodes.No);

    /// <summary>Says why nothing was done. Gives the exit code.</summary>
    /// <param name="code">Stable, for scripts.</param>
    /// <param name="message">What is in the way, and what to do.</param>
    /// <param name="exitCode">What it ends with.</param>
    public int Refuse(string code, string message, int exitCode = ExitCodes.No)
    {
        console.Refuse(IsJson, code, message);
        return exitCode;
    }

    /// <summary>Says what is wrong with what was typed. Gives the exit code.</summary>
    public int RefuseInvalid(params IReadOnlyList<FieldFault> faults) => Refuse(
        ErrorCode.ValidationFailed.Name,
        string.Join(' ', faults.Select(fault => $"{fault.Field} {fault.Message}.")),
        ExitCodes.WrongUse);
}

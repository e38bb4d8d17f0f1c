using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Agents;

/// <summary>Which agents may register, and how long they and their tokens live. Bound from <c>Agents</c>.</summary>
public sealed class AgentOptions
{
    public const string Section = "Agents";

    private static readonly string[] DefaultTypes = ["security", "monitoring", "automation", "networking", "testing"];

    /// <summary>The types of agents that may register, separated by commas or spaces; empty for ARCP's five.</summary>
    public string AllowedTypes { get; set; } = "";

    /// <summary>An agent that has not been heard of for so long is dead: another may use its key, or it may register anew.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan HeartbeatTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>An agent that has not been heard of for so long is removed, and its tokens are cut off.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan RemovedAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often it is looked for agents to remove.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan CleanupInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The lifetime of the token that an agent gets by registering or renews.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What agents' tokens allow at APIs, separated by spaces; none where empty.</summary>
    public string Scopes { get; set; } = "";

    /// <summary>The allowed types, in small letters.</summary>
    public IReadOnlyList<string> Types => Split(AllowedTypes) is { Count: > 0 } types ? types : DefaultTypes;

    /// <summary>Those who were seen after this are alive.</summary>
    internal DateTimeOffset AliveSince(DateTimeOffset now) => now - HeartbeatTimeout;

    internal static IReadOnlyList<string> Split(string text) =>
    [
        .. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(type => type.ToLowerInvariant())
            .Distinct(StringComparer.Ordinal),
    ];
}

[OptionsValidator]
internal sealed partial class AgentOptionsValidator : IValidateOptions<AgentOptions>;

/// <summary>Checks what attributes cannot say.</summary>
internal sealed class AgentOptionsRules(IOptions<TokenOptions> tokens) : IValidateOptions<AgentOptions>
{
    public ValidateOptionsResult Validate(string? name, AgentOptions options)
    {
        List<string> failures = [];
        if (options.TokenLifetime > tokens.Value.MaximumLifetime)
        {
            failures.Add($"{AgentOptions.Section}:TokenLifetime is longer than {TokenOptions.Section}:MaximumLifetime.");
        }

        if (options.RemovedAfter < options.HeartbeatTimeout)
        {
            failures.Add($"{AgentOptions.Section}:RemovedAfter must not be shorter than {AgentOptions.Section}:HeartbeatTimeout.");
        }

        if (AgentRules.FaultOfTypes(options.Types) is { } fault)
        {
            failures.Add($"{AgentOptions.Section}:AllowedTypes (ALLOWED_AGENT_TYPES) {fault}.");
        }

        if (ScopeText.FaultOf(ScopeText.Split(options.Scopes)) is { } scopes)
        {
            failures.Add($"{AgentOptions.Section}:Scopes {scopes}.");
        }

        return failures is [] ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}

/// <summary>The same settings under the names, and in the seconds, that ARCP's server uses. Our own name wins where both are given.</summary>
internal sealed class AgentNames(IConfiguration configuration) : IConfigureOptions<AgentOptions>, IValidateOptions<AgentOptions>
{
    private const int MostSeconds = 24 * 60 * 60;

    private static readonly (string Theirs, Action<AgentOptions, TimeSpan> Set)[] Times =
    [
        ("AGENT_HEARTBEAT_TIMEOUT", (options, time) => options.HeartbeatTimeout = time),
        ("AGENT_CLEANUP_INTERVAL", (options, time) => options.CleanupInterval = time),
    ];

    public void Configure(AgentOptions options)
    {
        options.AllowedTypes = configuration["ALLOWED_AGENT_TYPES"] ?? options.AllowedTypes;
        foreach (var (theirs, set) in Times)
        {
            if (Seconds(theirs) is { } seconds)
            {
                set(options, TimeSpan.FromSeconds(seconds));
            }
        }
    }

    public ValidateOptionsResult Validate(string? name, AgentOptions options) =>
        Times.Select(time => time.Theirs)
            .Where(theirs => configuration[theirs] is { Length: > 0 } && Seconds(theirs) is null)
            .Select(theirs => $"{theirs} must be a whole number of seconds from 5 to {MostSeconds}, but was '{configuration[theirs]}'.")
            .ToList() is { Count: > 0 } faults
            ? ValidateOptionsResult.Fail(faults)
            : ValidateOptionsResult.Success;

    private int? Seconds(string setting) =>
        int.TryParse(configuration[setting], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds is >= 5 and <= MostSeconds
            ? seconds
            : null;
}

/// <summary>The keys that the configuration names.</summary>
internal sealed class AgentKeyOptions
{
    public const string Setting = "AGENT_KEYS";

    public string? Keys { get; set; }
}

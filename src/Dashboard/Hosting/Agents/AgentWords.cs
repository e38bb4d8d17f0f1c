using Dashboard.Core.Agents;

namespace Dashboard.Hosting.Agents;

/// <summary>What agents and keys are called, in the API and for people.</summary>
internal static class AgentWords
{
    /// <summary>The state in the API.</summary>
    public static string NameOf(AgentKeyStanding standing) => standing switch
    {
        AgentKeyStanding.Good => "enabled",
        AgentKeyStanding.Disabled => "disabled",
        AgentKeyStanding.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(standing), standing, "No name for this standing."),
    };

    public static string NameOf(AgentKeyOrigin origin) => origin switch
    {
        AgentKeyOrigin.Operator => "operator",
        AgentKeyOrigin.Configuration => "configuration",
        _ => throw new ArgumentOutOfRangeException(nameof(origin), origin, "No name for this origin."),
    };

    /// <summary>Until when the secret before the newest works beside it; null where none does.</summary>
    public static DateTimeOffset? OverlapOf(AgentKey key, DateTimeOffset now) =>
        key.Secrets is [.., var previous, _] && previous.WorksAt(now) ? previous.EndsAt : null;
}

using Dashboard.Core.Clients;

namespace Dashboard.Clients;

/// <summary>What can be done to a client from its row, its page, or to many at once.</summary>
public abstract record ClientAct
{
    private ClientAct()
    {
    }

    public sealed record Enable : ClientAct;

    public sealed record Disable : ClientAct;

    public sealed record Verify : ClientAct;

    public sealed record Unverify : ClientAct;

    public sealed record Approve : ClientAct;

    public sealed record Reject : ClientAct;

    public sealed record Delete : ClientAct;

    /// <summary>Its registration expires so long from now; null for never.</summary>
    public sealed record Renew(TimeSpan? Lifetime) : ClientAct;

    /// <summary>The usual lengths of a registration or secret; null for one that never expires.</summary>
    public static IReadOnlyList<TimeSpan?> Lifetimes { get; } =
        [TimeSpan.FromDays(30), TimeSpan.FromDays(90), TimeSpan.FromDays(365), null];

    /// <summary>Whether it is worth offering for a client as it is.</summary>
    public bool Suits(Client client) => client.Ended is null && this switch
    {
        Enable => client.State is ClientState.Disabled,
        Disable => client.State is ClientState.Enabled,
        Verify => client is { IsVerified: false, State: not ClientState.Pending },
        Unverify => client.IsVerified,
        Approve or Reject => client.State is ClientState.Pending,
        _ => true,
    };
}

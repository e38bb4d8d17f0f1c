using Dashboard.Core.Clients;
using Dashboard.Core.Clients.Registration;

namespace Dashboard.Core.Posture.Checks;

/// <summary>Clients that nobody needs any more.</summary>
internal sealed class UnusedClientCheck : ClientCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromDays(30);

    public override PostureRule Rule { get; } = new(
        "CLIENT_UNUSED",
        PostureSeverity.Low,
        "Every client was used within 30 days.",
        "Clients were not used for 30 days.",
        "Nobody would notice if somebody else used them.",
        "Disable or delete those that nobody needs.");

    // A public client never authenticates: that it was not used says nothing.
    protected override string? FaultOf(Client client, DateTimeOffset now) => client switch
    {
        { IsPublic: true } or { State: ClientState.Pending } => null,
        { LastUsedAt: { } used } => now - used > Patience ? $"last used {Days(now - used)} ago" : null,
        _ => now - client.CreatedAt > Patience ? "never used" : null,
    };
}

/// <summary>Clients that may ask about everybody's tokens.</summary>
internal sealed class IntrospectAllCheck : ClientCheck
{
    public override PostureRule Rule { get; } = new(
        "CLIENT_INTROSPECTS_ALL",
        PostureSeverity.Low,
        "Each client may introspect only its own tokens and those for it.",
        "Clients may introspect every token.",
        "Whoever has the secret of one learns whom any token speaks for, and what it opens.",
        "Name the audiences that the client is the API of in place of it.");

    protected override string? FaultOf(Client client, DateTimeOffset now) => client.MayIntrospectAll ? "every token" : null;
}

/// <summary>Registration that asks nobody.</summary>
internal sealed class OpenRegistrationCheck(RegistrationPolicies policies) : IPostureCheck
{
    public PostureRule Rule { get; } = new(
        "REGISTRATION_OPEN",
        PostureSeverity.High,
        "Nobody registers a client without a token or an administrator's approval.",
        "Anybody may register a client.",
        "A stranger's client asks people for consent under a name that the stranger chose.",
        "Ask for an initial access token, or approve each client.");

    public async Task<PostureOffences> FindAsync(PostureScan scan, CancellationToken cancellationToken) =>
        await policies.GetAsync(cancellationToken) is { Mode: RegistrationMode.Open } policy
            ? new PostureOffences(
                [new PostureObject(PostureObjectKind.RegistrationPolicy, "registration", "Registration of clients", policy.Mode.Name)])
            : PostureOffences.None;
}

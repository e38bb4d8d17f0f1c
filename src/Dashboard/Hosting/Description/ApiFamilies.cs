namespace Dashboard.Hosting.Description;

/// <summary>Endpoints that belong together.</summary>
/// <param name="Name">As in WithTags.</param>
/// <param name="Description">What they are for.</param>
internal sealed record ApiTag(string Name, string Description);

/// <summary>The endpoints of one protocol or audience.</summary>
internal sealed record ApiFamily(string Name, IReadOnlyList<ApiTag> Tags);

/// <summary>The order of the API’s description. A test fails for a tag that is not here.</summary>
internal static class ApiFamilies
{
    public static readonly IReadOnlyList<ApiFamily> All =
    [
        new("OAuth 2.1",
        [
            new("OAuth", "Tokens for clients, what is true of them, and what reverse proxies and clients ask."),
            new("Registration", "Clients that register themselves and manage their registration (RFC 7591, RFC 7592)."),
            new("Public keys", "What resource servers verify tokens with."),
        ]),
        new("Agents (ARCP)",
        [
            new("Login", "Operators at the API: a token that is bound to the caller’s fingerprint."),
            new("Validation", "Whether a token is good, and for what."),
            new("ARCP", "Agents: a temporary token, a registration, a heartbeat."),
        ]),
        new("LiveKit", [new("LiveKit", "Tokens for rooms of a LiveKit server.")]),
        new("Management",
        [
            new("Overview", "The numbers of the first page."),
            new("Tokens", "What was issued to whom; minting and revoking."),
            new("Inspector", "What is wrong with a token, and what an error text means."),
            new("Failures", "Refused requests, and how many there were."),
            new("Sharing", "Redacted reports for people without an account."),
            new("Alerts", "What needs somebody, and the rules that say so."),
            new("Webhooks", "Who else is told."),
            new("Keys", "The key ring, and trusted issuers."),
            new("Clients", "Applications, their secrets, and how they may register."),
            new("Agents", "Registered agents and the keys that they register with."),
            new("Operators", "The people who may log in."),
            new("Sessions", "Who is logged in, and where."),
            new("Audit", "Who changed what, chained so that nobody can change it afterwards."),
            new("Settings", "What is configured, where it came from, and how safe that is."),
            new("Account", "One’s own second factors."),
        ]),
        new("Operation", [new("Health", "What orchestrators and balancers ask."), new("Description", "This document.")]),
    ];

    public static IEnumerable<ApiTag> Tags => All.SelectMany(family => family.Tags);
}

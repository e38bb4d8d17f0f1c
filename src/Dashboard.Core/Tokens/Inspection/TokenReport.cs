using System.Text.Json;
using System.Text.Json.Serialization;
using Dashboard.Core.Keys.Issuers;
using Dashboard.Core.LiveKit.Inspection;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Validation;

namespace Dashboard.Core.Tokens.Inspection;

/// <summary>The outcome of one check, for people.</summary>
/// <param name="Name">The check's short name, such as <c>signature</c>. Stable.</param>
/// <param name="Title">The question it answers, such as "Was it signed by this key?".</param>
/// <param name="Status">How it ended.</param>
/// <param name="Code">The refusal's code where it failed; null otherwise.</param>
/// <param name="Detail">One sentence with the facts.</param>
public sealed record CheckResult(string Name, string Title, CheckStatus Status, string? Code, string Detail);

/// <summary>Everything that can be said about a token: the long answer of the same checks that give the verdict.</summary>
public sealed record TokenReport
{
    /// <summary>True where every check passed.</summary>
    public required bool Accepted { get; init; }

    /// <summary>The first failing check's code; null where accepted.</summary>
    public string? Code { get; init; }

    /// <summary>The cause in one sentence.</summary>
    public required string Cause { get; init; }

    /// <summary>What to do next, and who can do it.</summary>
    public required string NextStep { get; init; }

    /// <summary>Every check in order.</summary>
    public required IReadOnlyList<CheckResult> Checks { get; init; }

    /// <summary>True where the signature was verified: only then are the claims more than a claim.</summary>
    public required bool ClaimsAreVerified { get; init; }

    /// <summary>The header; null where it could not be read.</summary>
    public JsonElement? Header { get; init; }

    /// <summary>The claims; null where they could not be read.</summary>
    public JsonElement? Claims { get; init; }

    /// <summary>The ledger's row, only where the signature was verified and a row exists.</summary>
    public LedgerEntry? Ledger { get; init; }

    /// <summary>The trusted issuer that it says it is from, and how its keys were; null for every other token.</summary>
    public ReportIssuer? Issuer { get; init; }

    /// <summary>What it allows in rooms of LiveKit and what the server says of it; null for a token for APIs.</summary>
    [JsonPropertyName("livekit")]
    public LiveKitReport? LiveKit { get; init; }

    /// <summary>The expected audience, the required scopes and the clock that were used.</summary>
    public required ReportContext Context { get; init; }
}

/// <summary>A trusted issuer, and how its keys were at the time of the report.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Issuer">Its <c>iss</c>.</param>
/// <param name="Keys">How well its keys were known.</param>
/// <param name="FetchedAt">When they were fetched; null where they never were.</param>
/// <param name="Failure">Why they could not be fetched again, in a sentence; null where they could.</param>
public sealed record ReportIssuer(
    string Name, string Issuer, IssuerKeyState Keys, DateTimeOffset? FetchedAt, string? Failure);

/// <summary>What the report was judged against.</summary>
public sealed record ReportContext(string Audience, IReadOnlyList<string> RequiredScopes, bool FingerprintGiven, DateTimeOffset At);

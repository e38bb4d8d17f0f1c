using Dashboard.Core.Keys.Making;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Gateway;

/// <summary>A gateway whose data is to go on living here.</summary>
/// <param name="Data">What it keeps.</param>
/// <param name="Issuer">The <c>iss</c> of its tokens: <c>https://auth.{domain}</c>.</param>
/// <param name="Key">What signed them; null where a key of this issuer was brought here before, or its access tokens are given up.</param>
/// <param name="Reason">Why, in the caller's words.</param>
public sealed record GatewayTakeover(GatewayData Data, string Issuer, KeyImport? Key, string? Reason)
{
    /// <summary>Without what is in it.</summary>
    public override string ToString() => Issuer;
}

/// <summary>What came, or would come, of a takeover.</summary>
public abstract record GatewayOutcome
{
    private GatewayOutcome()
    {
    }

    /// <summary>It was done, or could be.</summary>
    public sealed record Done(GatewayReport Report) : GatewayOutcome;

    /// <summary>Nothing was done: the key or the issuer cannot be used.</summary>
    public sealed record Invalid(IReadOnlyList<FieldFault> Faults) : GatewayOutcome;
}

/// <summary>What became of each sort, and of what did not come along.</summary>
public sealed record GatewayReport
{
    public required string Issuer { get; init; }

    /// <summary>When the data was read, or backed up.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The <c>kid</c> here of the key that verifies its access tokens; null where there is none.</summary>
    public string? KeyId { get; init; }

    /// <summary>True where that key came with this takeover.</summary>
    public bool IsKeyNew { get; init; }

    public required IReadOnlyList<GatewayCount> Counts { get; init; }

    /// <summary>Each entry of a sort that comes along which does not, with the reason.</summary>
    public required IReadOnlyList<GatewayItem> LeftOut { get; init; }

    /// <summary>What becomes different with entries that come along.</summary>
    public required IReadOnlyList<GatewayItem> Changed { get; init; }

    /// <summary>True where this takeover changes nothing: all that could come along is here.</summary>
    public bool ChangesNothing => !IsKeyNew && Counts.All(count => count.TakenOver == 0);
}

/// <summary>How many of a sort.</summary>
/// <param name="Sort">One of <see cref="GatewaySorts"/>.</param>
/// <param name="Found">How many the gateway has.</param>
/// <param name="TakenOver">How many come along now.</param>
/// <param name="Known">How many were here already and stay what they have become.</param>
/// <param name="LeftOut">How many do not come along.</param>
/// <param name="Why">Why none of the sort does; null where each has a reason of its own.</param>
public sealed record GatewayCount(string Sort, int Found, int TakenOver, int Known, int LeftOut, string? Why = null);

/// <summary>Something about one entry.</summary>
/// <param name="Sort">One of <see cref="GatewaySorts"/>.</param>
/// <param name="Id">Which: a client id, a <c>jti</c>, or what a refresh token is called in the ledger. Never a secret.</param>
/// <param name="Text">What.</param>
public sealed record GatewayItem(string Sort, string Id, string Text);

/// <summary>How far a takeover has come.</summary>
public readonly record struct GatewayProgress(string Sort, int Done, int Total);

/// <summary>What a gateway keeps, by the names of its backups.</summary>
public static class GatewaySorts
{
    public const string Registrations = "registrations";
    public const string Tokens = "tokens";
    public const string RefreshTokens = "refresh_tokens";
    public const string UserTokens = "user_tokens";
    public const string States = "states";
    public const string Codes = "codes";
    public const string Sessions = "sessions";
}

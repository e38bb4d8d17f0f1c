using Dashboard.Core.Primitives;

namespace Dashboard.Core.Grants;

/// <summary>The refusals that several grants share.</summary>
internal static class GrantRefusals
{
    public static readonly GrantOutcome.Refused NotRegistered = new(
        GrantError.UnauthorizedClient, "The client is not registered for this grant type.");

    public static readonly GrantOutcome.Refused OtherResource = new(
        GrantError.InvalidTarget, "The resource is not the one that was granted.");

    public static readonly GrantOutcome.Refused BadCode = Grant(
        "The authorization code is invalid, expired, used, or was issued to another client or redirect URI.");

    public static readonly GrantOutcome.Refused BadRefreshToken = Grant(
        "The refresh token is invalid, expired, used, revoked, or was issued to another client.");

    public static readonly GrantOutcome.Refused BadVerifier = Grant("The code_verifier does not fit the code_challenge.");

    public static readonly GrantOutcome.Refused NobodyThere = Grant("The account that allowed this may not act any more.");

    /// <summary>Nothing that the client could ask for otherwise: what is wrong is for whoever registered it.</summary>
    public static GrantOutcome.Refused CannotBeIssued(IReadOnlyList<FieldFault> faults) => new(
        GrantError.InvalidRequest, "No token can be issued as this client is registered.")
    {
        Detail = "No token can be issued as this client is registered: "
            + string.Join("; ", faults.Select(fault => $"{fault.Field} {fault.Message}")) + ".",
    };

    private static GrantOutcome.Refused Grant(string description) => new(GrantError.InvalidGrant, description);
}

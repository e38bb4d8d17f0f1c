namespace Dashboard.Clients;

/// <summary>Whether somebody only asks what would happen: in the body, or in the query beside a reason there.</summary>
internal static class ClientTrials
{
    private const string Name = "dry_run";

    /// <summary>True for anything but a clear no: whoever writes <c>?dry_run=1</c> must not find it done.</summary>
    public static bool IsAsked(bool inBody, HttpRequest request) =>
        inBody || (request.Query.TryGetValue(Name, out var value) && !(bool.TryParse(value, out var asked) && !asked));
}

/// <summary>What the deletion of a secret would do.</summary>
/// <param name="Id">Which client.</param>
/// <param name="DryRun">Always true.</param>
/// <param name="SecretId">Which secret.</param>
/// <param name="Exists">False where it has gone already, and so nothing would happen.</param>
/// <param name="NeedsForce">True where it is deleted only by force: it was used not long ago, or is the last one.</param>
internal sealed record ClientSecretTrialJson(string Id, bool DryRun, string SecretId, bool Exists, bool NeedsForce);

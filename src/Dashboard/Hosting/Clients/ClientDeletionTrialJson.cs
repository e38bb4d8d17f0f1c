using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Hosting.Clients;

/// <summary>What a deletion or rejection would take along.</summary>
/// <param name="Id">Which client.</param>
/// <param name="DryRun">Always true.</param>
/// <param name="Tokens">Live tokens; a lower bound where <paramref name="TokensAreCapped"/>.</param>
/// <param name="Subjects">Distinct subjects among them, as far as they were counted.</param>
/// <param name="TokensAreCapped">True where counting stopped early.</param>
/// <param name="LastExpiryAt">Until when a copy could still pass at an API that validates offline; absent where none is live.</param>
internal sealed record ClientDeletionTrialJson(
    string Id, bool DryRun, long Tokens, long Subjects, bool TokensAreCapped, DateTimeOffset? LastExpiryAt)
{
    public static ClientDeletionTrialJson Of(string id, RevocationPreview preview) =>
        new(id, true, preview.Tokens, preview.Subjects, preview.IsCapped, preview.LastExpiryAt);
}

namespace Dashboard.Core.Grants;

/// <summary>Issues authorization codes.</summary>
public sealed class AuthorizationCodes
{
    /// <summary>A new code for what a person allowed: good once, and for a minute at most. Only its hash is kept.</summary>
    public Task<string> IssueAsync(AuthorizationGrant grant, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}

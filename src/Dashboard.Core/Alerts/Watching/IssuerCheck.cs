using Dashboard.Core.Keys.Issuers;

namespace Dashboard.Core.Alerts.Watching;

/// <summary>Tells of trusted issuers whose keys can no longer be fetched.</summary>
internal sealed class IssuerCheck(TrustedIssuers issuers, AlertBook book) : IAlertCheck
{
    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var stale = issuers.List().Where(issuer => issuer.State is IssuerKeyState.Stale or IssuerKeyState.Unreachable).ToList();
        foreach (var issuer in stale)
        {
            await book.RaiseAsync(DraftOf(issuer), cancellationToken);
        }

        await book.ResolveOthersAsync(AlertKinds.IssuerStale, [.. stale.Select(issuer => issuer.Name)], cancellationToken);
    }

    private static AlertDraft DraftOf(TrustedIssuerHealth issuer) => new(
        AlertKinds.IssuerStale,
        issuer.Name,
        issuer.State is IssuerKeyState.Unreachable ? AlertSeverity.Critical : AlertSeverity.Warning,
        issuer.State is IssuerKeyState.Unreachable
            ? $"Tokens of {issuer.Name} are refused: it has no good keys"
            : $"The keys of {issuer.Name} are old",
        $"They cannot be fetched{(issuer.Host is { } host ? $" from {host}" : "")}: {issuer.Failure ?? "the address does not answer."}",
        "/keys")
    {
        Times = 0,
    };
}

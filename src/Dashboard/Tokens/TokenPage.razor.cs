using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Tokens;

/// <summary>One row of the ledger: what it says, what its token said, and what became of it.</summary>
public sealed partial class TokenPage(
    TokenDirectory directory, TokenTimelines timelines, TokenRevoker revoker, NavigationManager navigation, TimeProvider clock)
    : IDisposable
{
    private const int LongestSearch = 8;

    private readonly CancellationTokenSource _left = new();
    private LedgerEntry? _entry;
    private IReadOnlyList<TimelineItem> _life = [];
    private string? _loadedJti;
    private bool _isLoaded;
    private int _newestLoad;

    [Parameter]
    public string Jti { get; set; } = "";

    /// <summary><c>json</c> for the claims as JSON; anything else shows the table.</summary>
    [SupplyParameterFromQuery]
    public string? Claims { get; set; }

    private string SearchHref => TokensAddress.Of(new LedgerFilter { Text = Jti[..Math.Min(Jti.Length, LongestSearch)] });

    protected override Task OnParametersSetAsync()
    {
        if (Jti == _loadedJti)
        {
            return Task.CompletedTask;
        }

        (_loadedJti, _entry, _isLoaded) = (Jti, null, false);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var load = ++_newestLoad;
        var entry = await directory.FindAsync(Jti, _left.Token);
        var life = entry is null ? [] : await timelines.ReadAsync(entry, _left.Token);
        if (load == _newestLoad)
        {
            (_entry, _life, _isLoaded) = (entry, life, true);
        }
    }

    private async Task RevokeAsync(LedgerEntry entry)
    {
        await revoker.RevokeOneAsync(entry, _left.Token);
        await LoadAsync();
    }

    private async Task CutOffAsync(RevocationScope scope, string value)
    {
        if (await revoker.CutOffAsync(scope, value, _left.Token) is { } revocation)
        {
            navigation.NavigateTo(TokensAddress.OfRevocation(revocation.Id));
        }
    }

    private void ShowClaims(string view) =>
        navigation.NavigateTo(navigation.GetUriWithQueryParameter("claims", view is "json" ? view : null), replace: true);

    private static IEnumerable<(RevocationScope Scope, string Value)> CutOffs(LedgerEntry entry)
    {
        yield return (RevocationScope.Subject, entry.Subject);
        if (entry.Client is { } client)
        {
            yield return (RevocationScope.Client, client);
        }

        if (entry.Session is { } session)
        {
            yield return (RevocationScope.Session, session);
        }

        if (entry.Family is { } family)
        {
            yield return (RevocationScope.Family, family);
        }

        if (entry.KeyId is not "")
        {
            yield return (RevocationScope.Key, entry.KeyId);
        }
    }

    private static string Summary(LedgerEntry entry) => entry.Kind switch
    {
        Core.Tokens.TokenKind.Access => "An access token that Signet issued.",
        Core.Tokens.TokenKind.Minted => "An access token that a person minted.",
        Core.Tokens.TokenKind.Registration =>
            "A registration token: its client reads, replaces and deletes its registration with it, as long as that lasts.",
        Core.Tokens.TokenKind.InitialAccess => "An initial access token: whoever has it registers clients.",
        Core.Tokens.TokenKind.LiveKit => "A token for rooms of a LiveKit server.",
        Core.Tokens.TokenKind.Refresh => "A refresh token: its client gets new access tokens for it.",
        _ => "An operator's token for Signet's own API.",
    };

    // Cancelled, not disposed: a source without a timer holds nothing, and a late callback may still read its token.
    public void Dispose() => _left.Cancel();
}

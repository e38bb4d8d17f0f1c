using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.Tokens;

/// <summary>The filter of <c>tokens list</c>: the tokens page's and the API's.</summary>
internal static class TokenFilter
{
    public static readonly FilterOptions Options = new(
        FilterOptions.Text(TokenQuery.Status, "Only live, expired or revoked ones."),
        FilterOptions.Text(TokenQuery.Kind, "Only tokens of this kind, such as access or refresh."),
        FilterOptions.Text(TokenQuery.Subject, "Only tokens that speak for this subject."),
        FilterOptions.Text(TokenQuery.Client, "Only tokens of this client_id."),
        FilterOptions.Text(TokenQuery.Session, "Only tokens that belong to this session."),
        FilterOptions.Text(TokenQuery.Family, "Only a refresh token and all that came of it."),
        FilterOptions.Text(TokenQuery.Scope, "Only tokens that hold this scope."),
        FilterOptions.Text(TokenQuery.Key, "Only tokens that the key with this kid signed."),
        FilterOptions.Text(TokenQuery.IssuedFrom, "Issued at this time or later."),
        FilterOptions.Text(TokenQuery.IssuedTo, "Issued before this time."),
        FilterOptions.Text(TokenQuery.ExpiresFrom, "Expiring at this time or later."),
        FilterOptions.Text(TokenQuery.ExpiresTo, "Expiring before this time."),
        FilterOptions.Text(TokenQuery.RevokedFrom, "Revoked at this time or later."),
        FilterOptions.Flag(TokenQuery.NeverPresented, "Only tokens that were never shown to Signet."),
        FilterOptions.Text(TokenQuery.Text, "The beginning of a jti, subject or client."));
}

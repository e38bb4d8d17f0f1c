using System.Buffers;
using System.Text;
using System.Text.Json;
using Dashboard.Core.Scopes;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Refresh;

namespace Dashboard.Core.Gateway.Reading;

/// <summary>Makes rows of the ledger of a gateway's access tokens, and refresh tokens of those.</summary>
/// <param name="issuer">The <c>iss</c> of its access tokens.</param>
/// <param name="audience">Signet’s own.</param>
/// <param name="data">Where they come from.</param>
/// <param name="now">When.</param>
/// <param name="longest">How long a refresh token is good that has no end.</param>
internal sealed class GatewayTokens(string issuer, string audience, GatewayData data, DateTimeOffset now, TimeSpan longest)
{
    private const string UserName = "username";

    // What the gateway kept of the claims that it signed.
    private static readonly string[] Kept = [ClaimNames.Subject, UserName, "email", "name", ClaimNames.Scope, ClaimNames.Client];

    /// <summary>The row of an access token, without the key that signed it.</summary>
    public GatewayRead<LedgerEntry> ReadAccess(GatewayEntry entry)
    {
        if (GatewayRow.Read(entry, out var unread) is not { } row)
        {
            return GatewayRead<LedgerEntry>.LeftOut(unread);
        }

        var subject = row.Text("sub");
        if (!GatewayTexts.IsId(entry.Name))
        {
            return GatewayRead<LedgerEntry>.LeftOut(LeftOut.BadId);
        }

        if (row.Date("created_at") is not { } issuedAt || row.Date("expires_at") is not { } expiresAt)
        {
            return GatewayRead<LedgerEntry>.LeftOut(LeftOut.NoDates);
        }

        if (expiresAt <= now)
        {
            return GatewayRead<LedgerEntry>.LeftOut(LeftOut.Expired);
        }

        if (GatewayTexts.FaultOf(subject, row.Text(UserName), row.Text(ClaimNames.Scope)) is { } fault)
        {
            return GatewayRead<LedgerEntry>.LeftOut(fault);
        }

        return row.Text(ClaimNames.Client) is not { } client
            ? GatewayRead<LedgerEntry>.LeftOut(LeftOut.NoClient)
            : GatewayRead<LedgerEntry>.Of(new LedgerEntry
            {
                TokenId = entry.Name,
                Kind = TokenKind.Access,
                Subject = subject!,
                Client = client,
                Scope = ScopeText.Join(ScopeText.Split(row.Text(ClaimNames.Scope))),
                Audience = issuer,
                KeyId = "",
                IssuedAt = issuedAt,
                ExpiresAt = expiresAt,
                IssuedBy = AdoptedTokens.IssuedBy,
                Claims = ClaimsOf(entry.Name, row, issuedAt, expiresAt),
            });
    }

    /// <summary>A refresh token. The gateway let it be used again and again; here it is good once.</summary>
    public GatewayRead<AdoptedRefreshToken> ReadRefresh(GatewayEntry entry)
    {
        if (!AdoptedRefreshToken.IsForm(entry.Name))
        {
            return GatewayRead<AdoptedRefreshToken>.LeftOut(LeftOut.NotAToken);
        }

        if (GatewayRow.Read(entry, out var unread) is not { } row)
        {
            return GatewayRead<AdoptedRefreshToken>.LeftOut(unread);
        }

        var (subject, resources) = (row.Text("user_id"), row.Texts("resources") ?? []);
        var issuedAt = row.Date("created_at") is { } created && created <= now ? created : now;
        var expiresAt = entry.Ttl >= 0 ? GatewayRow.EndOf(entry, data.TakenAt) : issuedAt + longest;
        if (expiresAt <= now)
        {
            return GatewayRead<AdoptedRefreshToken>.LeftOut(LeftOut.Expired);
        }

        if (GatewayTexts.FaultOf(subject, row.Text(UserName), row.Text(ClaimNames.Scope)) is { } fault)
        {
            return GatewayRead<AdoptedRefreshToken>.LeftOut(fault);
        }

        if (resources.Count > 1)
        {
            return GatewayRead<AdoptedRefreshToken>.LeftOut(LeftOut.SeveralResources);
        }

        return row.Text(ClaimNames.Client) is not { } client
            ? GatewayRead<AdoptedRefreshToken>.LeftOut(LeftOut.NoClient)
            : GatewayRead<AdoptedRefreshToken>.Of(new AdoptedRefreshToken
            {
                Token = entry.Name,
                Client = client,
                Subject = subject!,
                UserName = row.Text(UserName),
                Scope = ScopeText.Join(ScopeText.Split(row.Text(ClaimNames.Scope))),
                Resource = resources is [var resource] && resource != issuer && resource != audience ? resource : null,
                Audience = audience,
                IssuedAt = issuedAt,
                ExpiresAt = DateTimeOffset.FromUnixTimeMilliseconds(expiresAt.ToUnixTimeMilliseconds()),
            });
    }

    // As they stand there, character by character: a token must say the same.
    private string ClaimsOf(string tokenId, GatewayRow row, DateTimeOffset issuedAt, DateTimeOffset expiresAt)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var name in Kept)
            {
                if (row[name] is { } value)
                {
                    json.WritePropertyName(name);
                    value.WriteTo(json);
                }
            }

            json.WriteString(ClaimNames.TokenId, tokenId);
            json.WriteNumber(ClaimNames.IssuedAt, issuedAt.ToUnixTimeSeconds());
            json.WriteNumber(ClaimNames.ExpiresAt, expiresAt.ToUnixTimeSeconds());
            json.WriteString(ClaimNames.Issuer, issuer);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}

using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Grants.Codes;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Grants;

/// <summary>Issues authorization codes.</summary>
public sealed class AuthorizationCodes
{
    /// <summary>How long a code is remembered beyond its end, so that a second use still takes back what the first one gave.</summary>
    internal static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly IAuthorizationCodeStore _store;
    private readonly GrantOptions _options;
    private readonly TimeProvider _clock;

    internal AuthorizationCodes(IAuthorizationCodeStore store, IOptions<GrantOptions> options, TimeProvider clock) =>
        (_store, _options, _clock) = (store, options.Value, clock);

    /// <summary>A new code for what a person allowed: good once, and for a minute at most. Only its hash is kept.</summary>
    /// <exception cref="StoreUnavailableException">It could not be written; there is no code.</exception>
    public async Task<string> IssueAsync(AuthorizationGrant grant, CancellationToken cancellationToken)
    {
        var code = Identifiers.NewSecret();
        var now = _clock.GetUtcNow().CutToMilliseconds();
        await _store.AddAsync(new StoredCode(HashOf(code), grant, now, now + _options.CodeLifetime), cancellationToken);
        return code;
    }

    /// <summary>The name of a code in the store.</summary>
    internal static byte[] HashOf(string code) => SHA256.HashData(Encoding.UTF8.GetBytes(code));
}

using System.Net;
using Dashboard.Core.Events;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Core.Tokens.Issuing;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Tokens;

/// <summary>
/// Binds tokens to the client that got them, by what each of its requests shows. No proof of anything: it keeps a token that
/// leaked from working as it stands somewhere else.
/// </summary>
internal sealed class HolderBinding(FingerprintHasher hasher, IOptions<TokenOptions> options)
{
    private const string Address = "address";
    private const string UserAgent = "user_agent";

    /// <summary>The same request, for a token that is bound as the settings say to whoever asks for it.</summary>
    public TokenRequest Bind(TokenRequest request) => request with
    {
        AddressHash = options.Value.BindAddress ? hasher.HashOfHolder(Address, AddressOf(request.Origin)) : null,
        UserAgentHash = options.Value.BindUserAgent ? hasher.HashOfHolder(UserAgent, UserAgentOf(request.Origin)) : null,
    };

    /// <summary>True where a request came from the address of this hash.</summary>
    public bool IsAddress(string hash, RequestOrigin origin) => hasher.MatchesHolder(Address, AddressOf(origin), hash);

    /// <summary>True where a request came with the User-Agent of this hash.</summary>
    public bool IsUserAgent(string hash, RequestOrigin origin) => hasher.MatchesHolder(UserAgent, UserAgentOf(origin), hash);

    // None is a value like any other: a token that was got without a header is not good with every one.
    private static string UserAgentOf(RequestOrigin origin) => origin.UserAgent ?? "";

    // A socket for both protocols writes an address of the old one as one of the new.
    private static string AddressOf(RequestOrigin origin) =>
        IPAddress.TryParse(origin.Ip, out var address) && address.IsIPv4MappedToIPv6 ? address.MapToIPv4().ToString() : origin.Ip ?? "";
}

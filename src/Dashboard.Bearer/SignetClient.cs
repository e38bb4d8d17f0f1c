using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Options;

namespace Dashboard.Bearer;

/// <summary>Talks to Signet as the client that this API is there.</summary>
internal sealed class SignetClient : IDisposable
{
    // A page of revocations is a small part of this; the rest is for clients that are kept out, some 80 bytes each.
    private const int LargestAnswer = 64 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Uri _address;
    private readonly AuthenticationHeaderValue _credentials;

    public SignetClient(IOptions<SignetBearerOptions> options)
    {
        var chosen = options.Value;
        _address = chosen.EffectiveAddress;

        // Form-encoded before it is base64 (RFC 6749 section 2.3.1).
        var pair = $"{Uri.EscapeDataString(chosen.ClientId)}:{Uri.EscapeDataString(chosen.ClientSecret)}";
        _credentials = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)));
        Http = new HttpClient(
            chosen.Backchannel
            ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) },
            disposeHandler: chosen.Backchannel is null)
        {
            Timeout = Patience,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }

    public HttpClient Http { get; }

    /// <summary>An address of Signet, which may itself be below a path.</summary>
    public Uri AddressOf(string path) => new(_address.ToString().TrimEnd('/') + path);

    /// <summary>Sends a form; gives the body of the answer.</summary>
    /// <exception cref="HttpRequestException">No answer, or a refusal.</exception>
    /// <exception cref="TaskCanceledException">No answer in time.</exception>
    public async Task<byte[]> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, AddressOf(path)) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = _credentials;
        using var answer = await Http.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    public void Dispose() => Http.Dispose();
}

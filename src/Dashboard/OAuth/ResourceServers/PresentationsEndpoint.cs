using System.Net;
using System.Text.Json;
using Dashboard.Core.Clients.Authentication;
using Dashboard.Core.Tokens.ResourceServers;
using Dashboard.Hosting;

namespace Dashboard.OAuth.ResourceServers;

/// <summary>Takes word from APIs of the tokens that were shown to them: people see when and where a token was used.</summary>
internal static class PresentationsEndpoint
{
    /// <summary>Bytes of a body.</summary>
    public const int LargestBody = 256 * 1024;

    private const int LongestId = 200;
    private const int LongestUserAgent = 300;
    private const long LatestTime = 253_402_300_799;

    /// <summary>Takes word of tokens that were shown to an API.</summary>
    internal static async Task<IResult> HandleAsync(
        HttpContext context, ClientAuthentication authentication, PresentationReports reports, CancellationToken cancellationToken)
    {
        switch (await ResourceServerRequest.ReadAsync(context, authentication, cancellationToken))
        {
            case ClientRequest.Refused { Refusal: var refusal }:
                return refusal;
            case ClientRequest.Good { Client: var client, Form: var form }:
                if (Parse(form["presentations"]) is not { } told)
                {
                    return OAuthRefusal.InvalidRequest(
                        "The parameter presentations must be a JSON array of at most 500 objects with jti and at, and perhaps ip and user_agent.");
                }

                // The same answer whatever is known of them: it must not tell which tokens there are.
                await reports.RecordAsync(client, told, cancellationToken);
                return TypedResults.NoContent();
            case var other:
                throw new InvalidOperationException($"No answer for {other.GetType().Name}.");
        }
    }

    private static List<PresentationReport>? Parse(string? text)
    {
        try
        {
            return text is not null
                && JsonSerializer.Deserialize<List<PresentationJson?>>(text, Json.Options) is { Count: <= PresentationReports.MostAtOnce } items
                && items.TrueForAll(IsGood)
                    ? items.ConvertAll(item => ReportOf(item!))
                    : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsGood(PresentationJson? item) =>
        item is { Jti.Length: > 0 and <= LongestId, At: > 0 and <= LatestTime } && (item.Ip is null || IPAddress.TryParse(item.Ip, out _));

    private static PresentationReport ReportOf(PresentationJson item) => new(
        item.Jti,
        DateTimeOffset.FromUnixTimeSeconds(item.At),
        item.Ip is null ? null : IPAddress.Parse(item.Ip).ToString(),
        item.UserAgent is { Length: > LongestUserAgent } agent ? agent[..LongestUserAgent] : item.UserAgent);
}

/// <summary>A token was shown to an API.</summary>
/// <param name="Jti">Its id.</param>
/// <param name="At">When, in seconds since 1970.</param>
/// <param name="Ip">Where the request came from.</param>
/// <param name="UserAgent">With what.</param>
internal sealed record PresentationJson(string Jti, long At, string? Ip = null, string? UserAgent = null);

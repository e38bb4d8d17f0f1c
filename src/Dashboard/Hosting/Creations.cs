using System.Text;
using System.Text.Json;
using Dashboard.Core.Idempotency;

namespace Dashboard.Hosting;

/// <summary>
/// Keeps a creation that is sent twice with the same <c>Idempotency-Key</c> from happening twice, for 24 hours and on
/// whatever node. What was created cannot be shown again (tokens are stored nowhere), so a repeat is told what the first call
/// made. Only hashes of requests are kept.
/// </summary>
internal sealed class Creations(IdempotentRequests requests, ILogger<Creations> logger)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    /// <summary>
    /// Begins a creation. Where its <see cref="Creation.Refusal"/> is not null nothing may be created. Dispose it in any
    /// case: without <see cref="Creation.MadeAsync"/> the key is free again.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="body">What tells it from another request with the same key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="repeated">What a repeat is told; null for a token.</param>
    public async Task<Creation> BeginAsync(
        HttpContext context, object body, CancellationToken cancellationToken, RepeatedCreation? repeated = null)
    {
        var told = repeated ?? RepeatedCreation.OfToken;
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return new Creation(requests, logger);
        }

        if (header is not [{ Length: > 0 and <= LongestKey } key] || key.Any(letter => letter is < '!' or > '~'))
        {
            return Refused(Problems.Create(
                ErrorCode.InvalidInput,
                $"{Header} must be given once, as 1 to {LongestKey} visible ASCII characters.",
                ("header", Header)));
        }

        return await requests.BeginAsync(context.Actor().Name, key, BytesOf(context.Request.Path, body), cancellationToken) switch
        {
            IdempotencyOutcome.Begun begun => new Creation(requests, logger) { Begun = begun },
            IdempotencyOutcome.OtherRequest => Refused(Problems.Invalid(
                new ValidationError(Header, "was used for another request; a new request needs a new key"))),
            IdempotencyOutcome.Done { MadeId: var made } => Refused(Problems.Create(
                ErrorCode.Conflict,
                $"This request was carried out before and made the {told.Thing} {made}. {told.Advice}",
                (told.Member, made))),
            _ => Refused(Problems.Create(ErrorCode.Conflict, "The first request with this key is still being carried out.")),
        };
    }

    private Creation Refused(ProblemResult refusal) => new(requests, logger) { Refusal = refusal };

    private static byte[] BytesOf(PathString path, object body) =>
        [.. Encoding.UTF8.GetBytes(path.Value + "\n"), .. JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Options)];
}

using System.Security.Cryptography;
using System.Text.Json;

namespace Dashboard.Hosting;

/// <summary>
/// Keeps a creation that is sent twice with the same <c>Idempotency-Key</c> from happening twice. What was created cannot be
/// shown again (tokens are stored nowhere), so a repeat is told what the first call made.
/// <para>
/// Kept in the memory of this node for 24 hours, the newest 10,000 keys: after a restart, on another node, or beyond that
/// number a repeat creates again. Only hashes of requests are kept.
/// </para>
/// </summary>
internal sealed class Creations(TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    private const int MostKeys = 10_000;
    private const int LongestKey = 255;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Operator, string Key), Creation> _known = [];
    private readonly Queue<Creation> _oldestFirst = new();

    /// <summary>
    /// Begins a creation. Where its <see cref="Creation.Refusal"/> is not null nothing may be created. Dispose it in any
    /// case: without <see cref="Creation.Made"/> the key is free again.
    /// </summary>
    public Creation Begin(HttpContext context, object body)
    {
        var header = context.Request.Headers[Header];
        if (header.Count == 0)
        {
            return new Creation();
        }

        if (header is not [{ Length: > 0 and <= LongestKey } key] || key.Any(letter => letter is < '!' or > '~'))
        {
            return new Creation
            {
                Refusal = Problems.Create(
                    ErrorCode.InvalidInput,
                    $"{Header} must be given once, as 1 to {LongestKey} visible ASCII characters.",
                    ("header", Header)),
            };
        }

        var begun = new Creation
        {
            Owner = this,
            Name = (context.Actor().Name, key),
            Request = HashOf(context.Request.Path, body),
            ForgottenAt = clock.GetUtcNow() + Kept,
        };
        lock (_lock)
        {
            Forget();
            return _known.TryAdd(begun.Name, begun) ? Keep(begun) : new Creation { Refusal = RefusalOf(_known[begun.Name], begun) };
        }
    }

    internal void Release(Creation creation)
    {
        lock (_lock)
        {
            if (creation.MadeId is null && _known.GetValueOrDefault(creation.Name) == creation)
            {
                _known.Remove(creation.Name);
            }
        }
    }

    private Creation Keep(Creation creation)
    {
        _oldestFirst.Enqueue(creation);
        return creation;
    }

    // The queue also holds released ones, which are in the way no longer than the others.
    private void Forget()
    {
        while (_oldestFirst.TryPeek(out var oldest) && (oldest.ForgottenAt <= clock.GetUtcNow() || _oldestFirst.Count >= MostKeys))
        {
            _oldestFirst.Dequeue();
            if (_known.GetValueOrDefault(oldest.Name) == oldest)
            {
                _known.Remove(oldest.Name);
            }
        }
    }

    private static ProblemResult RefusalOf(Creation first, Creation repeat) =>
        !first.Request.AsSpan().SequenceEqual(repeat.Request)
            ? Problems.Invalid(new ValidationError(Header, "was used for another request; a new request needs a new key"))
        : first.MadeId is { } made
            ? Problems.Create(
                ErrorCode.Conflict,
                $"This request was carried out before and made the token {made}. A token is shown once only: if its answer was "
                + "lost, revoke it and mint another with a new key.",
                ("jti", made))
            : Problems.Create(ErrorCode.Conflict, "The first request with this key is still being carried out.");

    private static byte[] HashOf(PathString path, object body) => SHA256.HashData(
        [.. System.Text.Encoding.UTF8.GetBytes(path.Value + "\n"), .. JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Json.Options)]);
}

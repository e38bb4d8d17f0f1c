using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.Primitives;

namespace Dashboard.Core.Idempotency;

/// <summary>
/// Keeps a request that is sent twice from being carried out twice, on whatever node. An attempt whose node died is
/// forgotten after <see cref="AttemptLifetime"/>; one that made something is remembered for <see cref="Kept"/>.
/// </summary>
public sealed class IdempotentRequests
{
    internal static readonly TimeSpan AttemptLifetime = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly IIdempotencyStore _store;
    private readonly TimeProvider _clock;

    internal IdempotentRequests(IIdempotencyStore store, TimeProvider clock) => (_store, _clock) = (store, clock);

    /// <summary>
    /// Begins to carry out a request that its owner named; names of different owners never meet. Of what is asked for a hash
    /// is kept.
    /// </summary>
    /// <exception cref="StoreUnavailableException">Nobody can tell whether it was carried out before; refuse.</exception>
    public async Task<IdempotencyOutcome> BeginAsync(
        string owner, string name, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var begun = new RememberedRequest(
            Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{name}"))),
            SHA256.HashData(request.Span),
            Identifiers.NewId(),
            MadeId: null,
            now + AttemptLifetime);
        return await _store.BeginAsync(begun, now, cancellationToken) switch
        {
            null => new IdempotencyOutcome.Begun(begun),
            { } first when !first.RequestHash.AsSpan().SequenceEqual(begun.RequestHash) => new IdempotencyOutcome.OtherRequest(),
            { MadeId: { } made } => new IdempotencyOutcome.Done(made),
            _ => new IdempotencyOutcome.Running(),
        };
    }

    /// <summary>Remembers what the request made.</summary>
    public Task CompleteAsync(IdempotencyOutcome.Begun begun, string madeId, CancellationToken cancellationToken) =>
        _store.CompleteAsync(begun.Request.Id, begun.Request.Attempt, madeId, _clock.GetUtcNow() + Kept, cancellationToken);

    /// <summary>Frees the name of a request that made nothing.</summary>
    public Task ReleaseAsync(IdempotencyOutcome.Begun begun, CancellationToken cancellationToken) =>
        _store.ReleaseAsync(begun.Request.Id, begun.Request.Attempt, cancellationToken);
}

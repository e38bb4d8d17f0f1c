namespace Dashboard.Hosting;

/// <summary>A creation that has begun.</summary>
internal sealed class Creation : IDisposable
{
    /// <summary>Why nothing may be created; null where it may.</summary>
    public ProblemResult? Refusal { get; init; }

    internal Creations? Owner { get; init; }

    internal (string Operator, string Key) Name { get; init; }

    internal byte[] Request { get; init; } = [];

    internal DateTimeOffset ForgottenAt { get; init; }

    internal string? MadeId { get; private set; }

    /// <summary>Keeps what was made, for a repeat.</summary>
    public void Made(string id) => MadeId = id;

    public void Dispose() => Owner?.Release(this);
}

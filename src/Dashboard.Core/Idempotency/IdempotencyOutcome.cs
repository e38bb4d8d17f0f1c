namespace Dashboard.Core.Idempotency;

/// <summary>What became of the wish to carry out a request.</summary>
public abstract record IdempotencyOutcome
{
    private IdempotencyOutcome()
    {
    }

    /// <summary>It may be carried out now.</summary>
    public sealed record Begun : IdempotencyOutcome
    {
        internal Begun(RememberedRequest request) => Request = request;

        internal RememberedRequest Request { get; }
    }

    /// <summary>It was carried out before.</summary>
    /// <param name="MadeId">What it made then.</param>
    public sealed record Done(string MadeId) : IdempotencyOutcome;

    /// <summary>It is being carried out.</summary>
    public sealed record Running : IdempotencyOutcome;

    /// <summary>Its name was given to another request.</summary>
    public sealed record OtherRequest : IdempotencyOutcome;
}

namespace Dashboard.Core.Tokens.Validation;

/// <summary>
/// One question about a token. Checks run in one fixed order; each may rely on what the ones before it found, and must
/// answer <see cref="CheckOutcome.NotReached"/> where that is missing. None changes anything.
/// </summary>
internal interface ITokenCheck
{
    /// <summary>The short, stable name.</summary>
    string Name { get; }

    /// <summary>The question, for people.</summary>
    string Title { get; }

    ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken);
}

/// <summary>A question that memory alone can answer.</summary>
internal abstract class TokenCheck(string name, string title) : ITokenCheck
{
    public string Name => name;

    public string Title => title;

    public ValueTask<CheckOutcome> RunAsync(TokenUnderCheck token, CancellationToken cancellationToken) => new(Run(token));

    protected abstract CheckOutcome Run(TokenUnderCheck token);
}

/// <summary>How one check ended. There is no outcome that accepts by default.</summary>
internal readonly record struct CheckOutcome
{
    private CheckOutcome(CheckStatus status, TokenRefusal reason, string? detail, RefusalFacts? facts) =>
        (Status, Reason, Detail, Facts) = (status, reason, detail, facts);

    public CheckStatus Status { get; }

    /// <summary>Only where it failed.</summary>
    public TokenRefusal Reason { get; }

    /// <summary>One sentence; null for a passed check that nobody reads.</summary>
    public string? Detail { get; }

    public RefusalFacts? Facts { get; }

    public static CheckOutcome Passed(string? detail = null) => new(CheckStatus.Passed, default, detail, null);

    public static CheckOutcome NotReached(string why) => new(CheckStatus.NotReached, default, why, null);

    public static CheckOutcome Failed(TokenRefusal reason, string detail, RefusalFacts? facts = null) =>
        new(CheckStatus.Failed, reason, Plain(detail), facts);

    // A detail may quote a header that nobody has verified, and goes on to terminals, logs and pages.
    private static string Plain(string detail) => detail.Any(char.IsControl)
        ? string.Concat(detail.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter))
        : detail;
}

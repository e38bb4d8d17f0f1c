namespace Dashboard.Core.Sharing;

/// <summary>What became of sharing a report.</summary>
public abstract record ShareOutcome
{
    private ShareOutcome()
    {
    }

    /// <summary>It is shared.</summary>
    /// <param name="Share">As it was stored.</param>
    /// <param name="Secret">What the link ends with, known this once.</param>
    public sealed record Made(ReportShare Share, string Secret) : ShareOutcome
    {
        /// <summary>Without the secret.</summary>
        public override string ToString() => Share.Id;
    }

    /// <summary>They share as many reports as anybody may at a time.</summary>
    public sealed record TooMany(int Most) : ShareOutcome;
}

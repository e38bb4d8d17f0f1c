using Dashboard.Core.Tokens.Memory;
using Dashboard.Core.Tokens.Validation;
using Dashboard.Core.Tokens.Validation.Checks;

namespace Dashboard.Core.Grants;

/// <summary>Finds the row of a token that is really ours, whether or not it is still good. A forged copy has none.</summary>
internal sealed class GenuineTokens(
    FormatCheck format, AlgorithmCheck algorithm, KeyCheck key, SignatureCheck signature, LedgerCheck ledger, TimeProvider clock)
{
    private readonly ITokenCheck[] _checks = [format, algorithm, key, signature, ledger];

    /// <summary>Null for every text that is no token of ours, signed by a key that is still good.</summary>
    public async Task<KnownToken?> FindAsync(string token, CancellationToken cancellationToken)
    {
        var subject = new TokenUnderCheck(token, new ValidationContext(), clock.GetUtcNow(), explain: false);
        foreach (var check in _checks)
        {
            if ((await check.RunAsync(subject, cancellationToken)).Status is not CheckStatus.Passed)
            {
                return null;
            }
        }

        return subject.Known;
    }
}

using System.Globalization;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Core.Tokens.Revocation;

namespace Dashboard.Hosting.Tokens;

/// <summary>
/// What a request to revoke many tokens covers. Strict where the rest of the API is lenient: what is misspelt, empty or
/// overlooked here would cover more than was meant, and a revocation cannot be undone.
/// </summary>
internal sealed record RevocationPlan(RevocationScope Scope, string Value, LedgerFilter Filter)
{
    private static readonly LedgerFilter Everything = new();

    /// <summary>The plan of a filter; null, and what is wrong with it, where it would not cover what it seems to.</summary>
    public static RevocationPlan? Of(IReadOnlyDictionary<string, string?> members, out IReadOnlyList<ValidationError> faults)
    {
        List<ValidationError> found = [.. members.SelectMany(FaultsOf)];
        var filter = TokenQuery.Read(members.GetValueOrDefault, out var misread);
        found.AddRange(misread.Select(fault => new ValidationError($"filter.{fault.Field}", fault.Message)));
        if (filter is not { Status: null or TokenStatus.Live, RevokedFrom: null })
        {
            found.Add(new ValidationError("filter.status", "must be live or absent: only live tokens can be revoked"));
        }

        if (found is [] && filter with { Status = null } == Everything)
        {
            found.Add(new ValidationError(
                "filter", "must narrow the tokens down; to revoke all of them, use cut_off with the scope all"));
        }

        faults = found;
        return found is [] ? new RevocationPlan(RevocationScope.Filter, "", filter) : null;
    }

    /// <summary>The plan of a cut-off; null, and what is wrong with it, where it is none.</summary>
    public static RevocationPlan? Of(CutOffRequest cutOff, out IReadOnlyList<ValidationError> faults)
    {
        faults = [];
        if (!Enum.TryParse<RevocationScope>(cutOff.Scope, ignoreCase: true, out var scope)
            || scope is RevocationScope.Token or RevocationScope.Filter
            || int.TryParse(cutOff.Scope, CultureInfo.InvariantCulture, out _))
        {
            faults = [new ValidationError("cut_off.scope", "must be subject, client, key, session, family or all")];
            return null;
        }

        var value = cutOff.Value ?? "";
        if ((scope is RevocationScope.All) != (value is ""))
        {
            faults = [new ValidationError("cut_off.value", "is required, except for all, which takes none")];
            return null;
        }

        var filter = TokenRevocations.FilterOf(scope, value);
        return new RevocationPlan(scope, value, cutOff.IssuedBefore is { } before ? filter with { IssuedTo = before } : filter);
    }

    private static IEnumerable<ValidationError> FaultsOf(KeyValuePair<string, string?> member)
    {
        if (!TokenQuery.Names.Contains(member.Key))
        {
            yield return new ValidationError(
                $"filter.{BadRequests.Shorten(member.Key)}", $"is not known; a filter has {string.Join(", ", TokenQuery.Names)}");
        }
        else if (string.IsNullOrEmpty(member.Value))
        {
            yield return new ValidationError($"filter.{member.Key}", "must not be empty");
        }
    }
}

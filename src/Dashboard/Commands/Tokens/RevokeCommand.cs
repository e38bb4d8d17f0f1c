using System.CommandLine;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;
using Dashboard.Hosting.Queries;
using Dashboard.Hosting.Tokens;

namespace Dashboard.Commands.Tokens;

/// <summary><c>tokens revoke</c>: one token; everything of a subject, client, key or session by one rule; or all that a filter covers.</summary>
internal static class RevokeCommand
{
    private const string Family = "family";

    private static readonly Argument<string?> Token = new("token")
    {
        Description = "One token: its jti, or the token itself as it was found. - reads it from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> All = new("--all") { Description = "Everything that was issued so far." };

    private static readonly Option<string?> IssuedBefore = new("--issued-before")
    {
        Description = "Only what was issued until this time. By itself: everything that was.",
    };

    private static readonly Option<string[]> Filter = new("--filter")
    {
        Description = $"Every live token that matches, as name=value; several narrow it down. Names: {string.Join(", ", TokenQuery.Names)}.",
    };

    // The scopes of a cut-off, as the API names them.
    private static readonly IReadOnlyDictionary<string, Option<string?>> Scopes = new Dictionary<string, Option<string?>>(StringComparer.Ordinal)
    {
        ["subject"] = new("--subject") { Description = "Everything that was issued to this subject." },
        ["client"] = new("--client") { Description = "Everything that was issued to this client." },
        ["key"] = new("--key") { Description = "Everything that the key with this kid signed." },
        ["session"] = new("--session") { Description = "Everything that belongs to this session." },
        [Family] = new("--family") { Description = "A refresh token and everything that comes of it, now or later." },
    };

    public static Command Create(Verbs verbs) => verbs.CreateDestructive(
        "revoke",
        "Revokes one token, everything of a subject, client, key, session or time by one rule, or all that a filter covers. It is in "
        + "force at once, whether a server runs or not.",
        RunAsync,
        [Token, .. Scopes.Values, All, IssuedBefore, Filter]);

    private static Task<int> RunAsync(CommandRun run, CancellationToken cancellationToken)
    {
        var parsed = run.Parsed;
        var token = parsed.GetValue(Token);
        var before = parsed.GetValue(IssuedBefore);
        var filter = parsed.GetValue(Filter) ?? [];
        List<CutOffRequest> cutOffs =
        [
            .. Scopes.Where(scope => parsed.GetResult(scope.Value) is not null)
                .Select(scope => new CutOffRequest(scope.Key, parsed.GetValue(scope.Value), null)),
        ];
        if (parsed.GetValue(All) || (before is not null && cutOffs is [] && token is null && filter is []))
        {
            cutOffs.Add(new CutOffRequest("all", null, null));
        }

        if (cutOffs.Count + (token is null ? 0 : 1) + (filter is [] ? 0 : 1) is not 1 || (before is not null && cutOffs is []))
        {
            return Task.FromResult(run.RefuseInvalid(new FieldFault(
                "What to revoke",
                "must be one of: a token, --family, --subject, --client, --key, --session or --all (the last five with --issued-before, "
                + "if wanted), --issued-before by itself, or --filter")));
        }

        if (before is not null && cutOffs is [{ Scope: Family }])
        {
            return Task.FromResult(FilterOptions.Refuse(run, [new FieldFault("issued_before", "does not go with --family: that ends as a whole")]));
        }

        DateTimeOffset? limit = null;
        if (before is not null && (limit = QueryTime.Parse(before)) is null)
        {
            return Task.FromResult(FilterOptions.Refuse(run, [new FieldFault("issued_before", QueryTime.Fault)]));
        }

        return token is not null
            ? run.WithCoreAsync(services => new SingleRevocationRun(run, services).RunAsync(token, cancellationToken), cancellationToken)
            : PlanOf(cutOffs, filter, limit, out var faults) is { } plan
                ? run.WithCoreAsync(services => new ManyRevocationRun(run, services).RunAsync(plan, limit, cancellationToken), cancellationToken)
                : Task.FromResult(run.RefuseInvalid(faults));
    }

    private static RevocationPlan? PlanOf(
        List<CutOffRequest> cutOffs, string[] filter, DateTimeOffset? limit, out IReadOnlyList<FieldFault> faults)
    {
        RevocationPlan? plan;
        IReadOnlyList<ValidationError> found = [];
        if (cutOffs is [var cutOff])
        {
            plan = RevocationPlan.Of(cutOff with { IssuedBefore = limit }, out found);
        }
        else
        {
            var pairs = filter.Select(pair => pair.Split('=', 2)).ToList();
            if (pairs.Any(pair => pair.Length is 1) || pairs.DistinctBy(pair => pair[0], StringComparer.Ordinal).Count() != pairs.Count)
            {
                faults = [new FieldFault("--filter", "must be name=value, each name once")];
                return null;
            }

            plan = RevocationPlan.Of(pairs.ToDictionary(pair => pair[0], string? (pair) => pair[1], StringComparer.Ordinal), out found);
        }

        faults = [.. found.Select(fault => new FieldFault(fault.Field, fault.Message))];
        return plan;
    }
}

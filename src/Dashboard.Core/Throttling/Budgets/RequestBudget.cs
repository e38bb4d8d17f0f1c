namespace Dashboard.Core.Throttling.Budgets;

/// <summary>What a group of endpoints may cost an address. Endpoints that share a budget share what is left of it.</summary>
public sealed class RequestBudget
{
    public static readonly RequestBudget Validation = new("validation", options => options.Validation);
    public static readonly RequestBudget QuietValidation = new("quiet-validation", options => options.QuietValidation);
    public static readonly RequestBudget Authorization = new("authorization", options => options.Authorization);
    public static readonly RequestBudget Introspection = new("introspection", options => options.Introspection);
    public static readonly RequestBudget ForwardAuth = new("forward-auth", options => options.ForwardAuth);
    public static readonly RequestBudget Tokens = new("tokens", options => options.Tokens);
    public static readonly RequestBudget Refresh = new("refresh", options => options.Refresh);
    public static readonly RequestBudget Agents = new("agents", options => options.Agents);
    public static readonly RequestBudget Consent = new("consent", options => options.Consent);
    public static readonly RequestBudget Registration = new("registration", options => options.Registration) { CountsEverything = true };

    /// <summary>Tokens for LiveKit that those get who do not say who they are; not asked for by endpoint.</summary>
    public static readonly RequestBudget AnonymousTokens = new("anonymous-tokens", options => options.AnonymousTokens) { CountsEverything = true };

    /// <summary>What all strangers together register; not asked for by address.</summary>
    public static readonly RequestBudget AllRegistrations = new("all-registrations", options => options.AllRegistrations);

    private readonly Func<BudgetOptions, int> _limit;

    private RequestBudget(string name, Func<BudgetOptions, int> limit) => (Name, _limit) = (name, limit);

    /// <summary>Part of what nodes share: never renamed.</summary>
    public string Name { get; }

    /// <summary>True where good requests cost as much as refused ones.</summary>
    public bool CountsEverything { get; private init; }

    /// <summary>How much it is in a minute; 0 for no limit.</summary>
    public int LimitOf(BudgetOptions options) => _limit(options);
}

/// <summary>A budget that is used up.</summary>
/// <param name="Limit">How much it is in a minute.</param>
/// <param name="Wait">How long until something is left of it.</param>
/// <param name="ResetsAt">When that is.</param>
public sealed record SpentBudget(int Limit, TimeSpan Wait, DateTimeOffset ResetsAt);

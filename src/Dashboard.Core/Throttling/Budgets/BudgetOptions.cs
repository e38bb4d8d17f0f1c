using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Dashboard.Core.Throttling.Budgets;

/// <summary>
/// How much one address (IPv6: one /64) may cost in a minute, over all nodes; 0 for no limit. Bound from
/// <c>Throttling:Budgets</c>.
/// </summary>
public sealed class BudgetOptions
{
    public const string Section = "Throttling:Budgets";

    private const int Most = 1_000_000;

    /// <summary>Refusals by <c>POST /auth/validate</c>.</summary>
    [Range(0, Most)]
    public int Validation { get; set; } = 600;

    /// <summary>Refusals by <c>GET</c> and <c>POST /tokens/validate</c>.</summary>
    [Range(0, Most)]
    public int QuietValidation { get; set; } = 600;

    /// <summary>Refusals by <c>POST /auth/authorize</c>.</summary>
    [Range(0, Most)]
    public int Authorization { get; set; } = 600;

    /// <summary>Refusals by endpoints that introspect.</summary>
    [Range(0, Most)]
    public int Introspection { get; set; } = 600;

    /// <summary>Refusals that reverse proxies get for those who ask them (<c>/verify</c>).</summary>
    [Range(0, Most)]
    public int ForwardAuth { get; set; } = 600;

    /// <summary>Refusals by endpoints that give out tokens.</summary>
    [Range(0, Most)]
    public int Tokens { get; set; } = 120;

    /// <summary>Tokens for LiveKit, good or refused, where nobody has to say who they are.</summary>
    [Range(0, Most)]
    public int AnonymousTokens { get; set; } = 30;

    /// <summary>Refusals by endpoints that renew tokens.</summary>
    [Range(0, Most)]
    public int Refresh { get; set; } = 120;

    /// <summary>Refusals by endpoints where agents ask with their key, register, and say that they live.</summary>
    [Range(0, Most)]
    public int Agents { get; set; } = 300;

    /// <summary>Refusals by the page where people let clients act for them.</summary>
    [Range(0, Most)]
    public int Consent { get; set; } = 120;

    /// <summary>Requests, good or bad, to endpoints that register somebody.</summary>
    [Range(0, Most)]
    public int Registration { get; set; } = 60;

    /// <summary>Clients that strangers register, from all addresses together; those with an initial access token aside.</summary>
    [Range(0, Most)]
    public int AllRegistrations { get; set; } = 300;
}

[OptionsValidator]
internal sealed partial class BudgetOptionsValidator : IValidateOptions<BudgetOptions>;

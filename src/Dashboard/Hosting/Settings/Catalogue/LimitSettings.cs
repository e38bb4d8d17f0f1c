using Dashboard.Core.Throttling;
using Dashboard.Core.Throttling.Budgets;

namespace Dashboard.Hosting.Settings.Catalogue;

/// <summary>How much is too much.</summary>
internal static class LimitSettings
{
    public static readonly IReadOnlyList<SettingGroup> Groups =
    [
        new("Throttling of logins", ThrottlingOptions.Section, typeof(ThrottlingOptions),
        [
            new(nameof(ThrottlingOptions.DeviceFailures), "Failures at one account from one device that cost no wait."),
            new(nameof(ThrottlingOptions.AddressFailures), "Failures at all accounts from one address that cost no wait."),
            new(
                nameof(ThrottlingOptions.AccountFailures),
                "Failures at one account from all unknown devices together that cost no wait."),
            new(nameof(ThrottlingOptions.AccountStop), "From so many consecutive failures on, unknown devices are refused."),
            new(nameof(ThrottlingOptions.LongestDelay), "No wait is longer than this after the last failure."),
            new(
                nameof(ThrottlingOptions.Window),
                "Failures of a device or an address are forgotten so long after the last of them."),
            new(
                nameof(ThrottlingOptions.AccountWindow),
                "Failures at an account from unknown devices are forgotten so long after the last of them."),
            new(
                nameof(ThrottlingOptions.SecondFactorFailures),
                "Wrong second factors of one account within an hour; then it waits for an hour."),
        ]),
        new("Budgets of addresses", BudgetOptions.Section, typeof(BudgetOptions),
        [
            new(
                nameof(BudgetOptions.Validation),
                "Refusals by POST /auth/validate in a minute; 0 for no limit, as for all of these."),
            new(nameof(BudgetOptions.QuietValidation), "Refusals by /tokens/validate in a minute."),
            new(nameof(BudgetOptions.Authorization), "Refusals by POST /auth/authorize in a minute."),
            new(nameof(BudgetOptions.Introspection), "Refusals by endpoints that introspect in a minute."),
            new(nameof(BudgetOptions.ForwardAuth), "Refusals that reverse proxies get from /verify in a minute."),
            new(nameof(BudgetOptions.Tokens), "Refusals by endpoints that give out tokens in a minute."),
            new(nameof(BudgetOptions.AnonymousTokens), "Tokens for LiveKit that nobody has to say who they are for, in a minute."),
            new(nameof(BudgetOptions.Refresh), "Refusals by endpoints that renew tokens in a minute."),
            new(nameof(BudgetOptions.Agents), "Refusals by endpoints of agents in a minute."),
            new(nameof(BudgetOptions.Consent), "Refusals by the page where people let clients act for them in a minute."),
            new(nameof(BudgetOptions.Registration), "Requests to endpoints that register somebody in a minute."),
            new(
                nameof(BudgetOptions.AllRegistrations),
                "Clients that strangers register from all addresses together in a minute."),
        ]),
    ];
}

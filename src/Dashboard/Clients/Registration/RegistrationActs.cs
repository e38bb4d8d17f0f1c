using Dashboard.App;
using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Clients.Registration;

namespace Dashboard.Clients.Registration;

/// <summary>What administrators do about registration: asks, acts, and says what became of it. One per circuit.</summary>
public sealed class RegistrationActs(
    RegistrationPolicies policies, InitialAccessTokens initialTokens, Acts acts, Toasts toasts)
{
    /// <summary>What became of a change of the policy; null where nothing was tried.</summary>
    public Task<RegistrationPolicyChange?> ChangeAsync(RegistrationPolicy policy, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageClients, Question(policy)) is not ({ } who, { } reason))
        {
            return null;
        }

        var change = await policies.ChangeAsync(policy, reason, who, cancellationToken);
        if (change is RegistrationPolicyChange.Changed)
        {
            toasts.Success("The policy is saved. It holds for every registration from now on.");
        }

        return change;
    });

    /// <summary>What became of a new initial access token; null where none was tried.</summary>
    public Task<InitialAccessTokenCreation?> CreateAsync(
        string label, int? uses, TimeSpan? lifetime, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
            await acts.AskAsync(Right.ManageClients, Question(label, uses, lifetime)) is ({ } who, { } reason)
                ? await initialTokens.CreateAsync(label, uses, lifetime, reason, who, cancellationToken)
                : null);

    public Task RevokeAsync(InitialAccessToken token, CancellationToken cancellationToken) => acts.GuardAsync(async () =>
    {
        if (await acts.AskAsync(Right.ManageClients, Question(token)) is not ({ } who, { } reason))
        {
            return null;
        }

        if (!await initialTokens.RevokeAsync(token.Id, reason, who, cancellationToken))
        {
            toasts.Error("It had gone already. Nothing changed.");
            return null;
        }

        toasts.Success($"“{token.Label}” registers no client any more.");
        return token;
    });

    private static ReasonQuestion Question(RegistrationPolicy policy) => new()
    {
        Title = "Change who may register?",
        Named = RegistrationWords.TitleOf(policy.Mode),
        Consequence = RegistrationWords.MeaningOf(policy.Mode)
            + (policy.AllowedScopes is [] ? " They get no scope." : $" They get at most {string.Join(' ', policy.AllowedScopes)}."),
        Survives = "Every client that is registered, with the scopes and the time it was given.",
        ActionLabel = "Save policy",
        IsDestructive = policy.Mode is RegistrationMode.Open,
        TypedWord = policy.Mode is RegistrationMode.Open ? "OPEN" : null,
    };

    private static ReasonQuestion Question(string label, int? uses, TimeSpan? lifetime) => new()
    {
        Title = "Make an initial access token?",
        Named = label,
        Consequence = $"A token is shown to you once. Whoever has it registers {(uses is { } most ? CountText.Of(most, "client") : "any number of clients")}, "
            + (lifetime is { } length ? $"for {DurationText.Of(length)} from now." : "for ever."),
        ActionLabel = "Make token",
        IsDestructive = false,
    };

    private static ReasonQuestion Question(InitialAccessToken token) => new()
    {
        Title = "Revoke this initial access token?",
        Named = $"{token.Label} · {token.Id}",
        Consequence = "Nobody registers a client with it any more.",
        Survives = "Every client that was registered with it.",
        ActionLabel = "Revoke token",
    };
}

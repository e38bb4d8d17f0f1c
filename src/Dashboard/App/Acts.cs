using Dashboard.Controls;
using Dashboard.Core.Access;
using Dashboard.Core.Audit;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Primitives;
using Dashboard.Hosting;

namespace Dashboard.App;

/// <summary>
/// Asks before an act: why, and, where the act is dangerous and the last proof old, that it is really them, in the same
/// dialog. One per circuit.
/// </summary>
public sealed class Acts(CurrentOperator current, OperatorDirectory operators, Dialogs dialogs, Toasts toasts)
{
    /// <summary>What a failed write leaves of an act that does several things, or that may have been done all the same.</summary>
    public const string Unconfirmed = "What was not confirmed was not done; try again.";

    /// <summary>What somebody with these factors is asked for; null stands for none.</summary>
    public static ProofQuestion QuestionOf(OperatorSecondFactors? factors) =>
        new(factors?.Authenticator is not null, factors?.Passkeys.Count > 0);

    /// <summary>Who acts and why; null where they thought better of it or may not, and then they have been told.</summary>
    public async Task<Allowed?> AskAsync(Right right, ReasonQuestion question)
    {
        if (await current.FindAsync(right) is not { } before)
        {
            return Refuse("Your role does not allow this any more. Nothing was done.");
        }

        var proof = await current.NeedsProofAsync(right) ? QuestionOf(operators.FindByName(before.Name)?.SecondFactors) : null;
        if (await dialogs.AskReasonAsync(question with { Proof = proof }) is not { } reason)
        {
            return null;
        }

        // A circuit outlives a permission: asked again after the dialog, just before the act.
        return await current.FindAsync(right) switch
        {
            null => Refuse("Your role does not allow this any more. Nothing was done."),
            _ when await current.NeedsProofAsync(right) => Refuse("Your confirmation is too old by now. Nothing was done; try again."),
            var who => new Allowed(who, reason),
        };
    }

    /// <summary>Carries out an act; where the store cannot be written the operator is told, and nothing comes of it.</summary>
    /// <param name="act">Asks, and acts.</param>
    /// <param name="left">What that leaves, in a sentence.</param>
    public async Task<T?> GuardAsync<T>(Func<Task<T?>> act, string left = "Nothing was changed; try again.")
        where T : class
    {
        try
        {
            return await act();
        }
        catch (StoreUnavailableException)
        {
            toasts.Error($"The store cannot be written now. {left}");
            return null;
        }
    }

    /// <inheritdoc cref="GuardAsync{T}"/>
    public Task GuardAsync(Func<Task> act, string left) => GuardAsync<object>(
        async () =>
        {
            await act();
            return null;
        },
        left);

    private Allowed? Refuse(string text)
    {
        toasts.Error(text);
        return null;
    }
}

/// <summary>Somebody may act, and said why.</summary>
/// <param name="Who">As the audit log names them, with a fresh proof.</param>
/// <param name="Reason">Empty where none was asked for.</param>
public sealed record Allowed(Actor Who, string Reason);

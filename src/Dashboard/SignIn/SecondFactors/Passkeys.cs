using System.Text.Json;
using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Microsoft.AspNetCore.Identity;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>What a browser needs to ask for, or to make, a passkey.</summary>
/// <param name="Options">For <c>navigator.credentials</c>.</param>
/// <param name="State">Sent back with its answer.</param>
public sealed record PasskeyOffer(JsonElement Options, string State);

/// <summary>
/// Makes and checks passkeys with the framework's own support (WebAuthn). Each must have verified its user, by a PIN or a
/// body part: such a key is two factors, and is enough to sign in alone.
/// </summary>
public sealed class Passkeys(
    IPasskeyHandler<OperatorAccount> handler, PasskeyStates states, SecondFactorChanges changes, OperatorDirectory directory)
{
    private const int LongestAnswer = 16_000;

    /// <summary>What the browser is asked for.</summary>
    /// <param name="context">The request.</param>
    /// <param name="who">Whose passkey; null for anybody's, where nobody has said yet who they are.</param>
    public async Task<PasskeyOffer> OfferAsync(HttpContext context, OperatorAccount? who)
    {
        var made = await handler.MakeRequestOptionsAsync(who!, context);
        return new PasskeyOffer(
            JsonSerializer.Deserialize<JsonElement>(made.RequestOptionsJson), states.Seal("use", made.AssertionState));
    }

    /// <summary>Whose passkey answered; null where it is nobody's, or the answer is wrong, too late or was given before.</summary>
    public async Task<OperatorAccount?> VerifyAsync(HttpContext context, string answer, string? state)
    {
        if (answer.Length > LongestAnswer || await states.OpenAsync("use", state, context.RequestAborted) is not { } opened)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = opened });
        return result is { Succeeded: true, User: { IsEnabled: true } found, Passkey: { IsUserVerified: true } used }
            && await changes.UsePasskeyAsync(found.Id, PasskeyInfo.ToPasskey(used, used.Name ?? ""), context.RequestAborted)
                ? directory.Find(found.Id)
                : null;
    }

    /// <summary>What a browser needs to make a passkey for an operator.</summary>
    public async Task<PasskeyOffer> OfferNewAsync(HttpContext context, OperatorAccount found)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = found.Id, Name = found.UserName, DisplayName = found.UserName }, context);
        return new PasskeyOffer(
            JsonSerializer.Deserialize<JsonElement>(made.CreationOptionsJson), states.Seal("make", made.AttestationState ?? ""));
    }

    /// <summary>The passkey that a browser made for an operator; null where it is not what was asked for.</summary>
    public async Task<Passkey?> ReadNewAsync(HttpContext context, OperatorAccount found, string answer, string? state, string name)
    {
        if (answer.Length > LongestAnswer || await states.OpenAsync("make", state, context.RequestAborted) is not { } opened)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = opened });
        return result is { Succeeded: true, Passkey: { IsUserVerified: true } made } && result.UserEntity?.Id == found.Id
            ? PasskeyInfo.ToPasskey(made, name)
            : null;
    }
}

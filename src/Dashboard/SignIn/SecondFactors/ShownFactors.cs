using Dashboard.Core.Operators;
using Dashboard.Core.Operators.SecondFactors;
using Dashboard.Core.Sessions;
using Dashboard.Hosting;
using Dashboard.SignIn.Proofs;

namespace Dashboard.SignIn.SecondFactors;

/// <summary>Checks the second factor that an operator shows in a form: a passkey, or a code.</summary>
public sealed class ShownFactors(SecondFactorCheck codes, Passkeys passkeys)
{
    internal async Task<SecondFactorVerdict> VerifyAsync(HttpContext context, OperatorAccount found, ProofForm form)
    {
        if (form.Passkey is not { Length: > 0 } passkey)
        {
            return await codes.VerifyAsync(found.Id, form.Code ?? "", context.Origin(), context.RequestAborted);
        }

        return (await passkeys.VerifyAsync(context, passkey, form.PasskeyState))?.Id == found.Id
            ? new SecondFactorVerdict.Accepted(SecondFactorKind.Passkey)
            : new SecondFactorVerdict.Refused();
    }
}

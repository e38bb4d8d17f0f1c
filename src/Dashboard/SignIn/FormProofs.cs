using System.Security.Cryptography;
using System.Text;
using Dashboard.Core.OneTime;
using Dashboard.Core.Sessions;
using Dashboard.Core.Sessions.Binding;
using Dashboard.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace Dashboard.SignIn;

/// <summary>Seals what forms are for, and has the guard of sessions judge what their browsers sign.</summary>
internal sealed class FormProofs(
    IDataProtectionProvider protection, SessionGuard guard, OneTimeUses uses, TimeProvider clock) : IFormProofs
{
    // No circuit is called that: what is signed for a form is nothing to a circuit, and the other way round.
    private const string Place = "form";

    private const int LongestChallenge = 1_000;

    // As long as an idle session: nobody is hurried, and whoever comes back later signs in anyway.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly TimedSeal _seal = new(protection.CreateProtector("Signet.FormProofs", "v1"), clock);

    public string Challenge(HttpContext context, string content) =>
        _seal.Write(Lifetime, ContentOf(SessionOf(context), content));

    public async Task<bool> CheckAsync(HttpContext context, string content, FormProof proof)
    {
        var session = SessionOf(context);
        return _seal.Read(proof.Challenge, LongestChallenge) is { } opened
            && opened.Content == ContentOf(session, content)
            && await uses.TryUseAsync("form-proof", opened.Id, opened.ExpiresAt, context.RequestAborted)
            && await guard.ProveAsync(
                session,
                new ProofChallenge(Place, proof.Challenge!),
                new ProofAnswer(proof.Fingerprint, proof.Signature),
                context.RequestAborted) is ProofOutcome.Passed;
    }

    private static Session SessionOf(HttpContext context) =>
        CurrentSession.Of(context) ?? throw new InvalidOperationException("Only for a session.");

    // A hash: what is signed stays short, however long the content is.
    private static string ContentOf(Session session, string content) =>
        session.Name + '\n' + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
}

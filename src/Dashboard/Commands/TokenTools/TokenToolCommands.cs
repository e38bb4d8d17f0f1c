using System.CommandLine;

namespace Dashboard.Commands.TokenTools;

/// <summary><c>token …</c>: one token at hand. What the ledger holds is listed and revoked by <c>tokens …</c>.</summary>
internal static class TokenToolCommands
{
    public static Command Create(Verbs verbs) => Verbs.Group(
        "token",
        "One token: mint it, read it, judge it, see whether it is about to expire.",
        MintCommand.Create(verbs),
        DecodeCommand.Create(verbs),
        ValidateCommand.Create(verbs),
        CheckExpiryCommand.Create(verbs));
}

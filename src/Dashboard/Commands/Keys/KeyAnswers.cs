using Dashboard.Controls;
using Dashboard.Core.Keys;
using Dashboard.Core.Keys.Rotation;
using Dashboard.Hosting.Keys;

namespace Dashboard.Commands.Keys;

/// <summary>Keys as text.</summary>
internal static class KeyAnswers
{
    public static int List(CommandRun run, KeyListJson keys) => run.Answer(
        keys,
        writer =>
        {
            var table = new CommandTable("KID", "ALG", "STATE", "CREATED", "SIGNS SINCE", "LIVE TOKENS", "ISSUED", "LAST SIGNED", "LAST VERIFIED", "TAKEN OVER FROM");
            foreach (var key in keys.Items)
            {
                table.Add(
                    key.Kid,
                    key.Alg,
                    NameOf(key.State) + (key.IsImported ? ", imported" : ""),
                    CommandText.Time(key.CreatedAt),
                    CommandText.Time(key.CurrentSince),
                    LiveTokens(key),
                    CommandText.Number(key.Issued),
                    CommandText.Time(key.LastSignedAt),
                    CommandText.Time(key.LastVerifiedAt),
                    CommandText.Plain(key.Issuer ?? ""));
            }

            table.Write(writer);
            foreach (var ring in keys.Rings)
            {
                writer.WriteLine();
                WriteRing(writer, ring);
            }
        });

    public static int Show(CommandRun run, KeyJson key) => run.Answer(
        key,
        writer =>
        {
            var facts = new CommandFacts();
            facts.Add("kid", key.Kid);
            facts.Add("Algorithm", key.Alg);
            facts.Add("State", NameOf(key.State));
            facts.Add("Made", key.IsImported ? "elsewhere" : "here");
            facts.Add("Taken over from", key.Issuer);
            facts.Add("Created", CommandText.Time(key.CreatedAt));
            facts.Add("Signs since", CommandText.Time(key.CurrentSince));
            facts.Add("Verifies alone since", CommandText.Time(key.PreviousSince));
            facts.Add("Retired", CommandText.Time(key.RetiredAt));
            facts.Add("Revoked", CommandText.Time(key.RevokedAt));
            facts.Add("Secret shared", CommandText.Time(key.SharedAt));
            facts.Add("Live tokens", LiveTokens(key));
            facts.Add("Of clients", CommandText.Number(key.LiveClients));
            facts.Add("Issued", CommandText.Number(key.Issued));
            facts.Add("Last signed", CommandText.Time(key.LastSignedAt));
            facts.Add("Last verified", CommandText.Time(key.LastVerifiedAt));
            facts.Add("Needed until", CommandText.Time(key.LastExpiryAt));
            facts.Write(writer);
        });

    /// <summary>"12 live tokens of 3 clients", with a plus where counting stopped.</summary>
    public static string ReachOf(KeyUsage usage) => usage.LiveTokens is 0
        ? "no live token"
        : CountText.Of(usage.LiveTokens, "live token", usage.IsCapped)
            + (usage.LiveClients is 0 ? "" : $" of {CountText.Of(usage.LiveClients, "client", usage.IsCapped)}");

    public static string NameOf(KeyState state) => state.ToString().ToLowerInvariant();

    private static string LiveTokens(KeyJson key) => CommandText.Number(key.LiveTokens) + (key.LiveTokensIsCapped ? "+" : "");

    private static void WriteRing(TextWriter writer, RingJson ring)
    {
        writer.WriteLine($"{ring.Alg}{(ring.IsDefault ? ", the default" : "")}:");
        writer.WriteLine(ring.CurrentKid is { } current
            ? $"  {current} signs."
            : "  No key signs yet: the first one does as soon as it is known everywhere.");
        if (ring.NextKid is { } next)
        {
            writer.WriteLine($"  {next} follows; it is known everywhere from {CommandText.Time(ring.NextReadyAt)}.");
        }

        writer.WriteLine(ring.NextRotationAt is { } at
            ? $"  They are rotated by themselves at {CommandText.Time(at)}."
            : "  They are never rotated by themselves.");
    }
}

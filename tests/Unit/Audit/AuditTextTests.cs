using System.Text;
using System.Text.Json;
using Dashboard.Core.Audit;

namespace Dashboard.Tests.Unit.Audit;

public sealed class AuditTextTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("a\r\nb", "a\\u{D}\\u{A}b")]
    [InlineData("\u001b[31mred", "\\u{1B}[31mred")]
    [InlineData("gpj\u202Eexe", "gpj\\u{202E}exe")]
    [InlineData("zero\u200Bwidth", "zero\\u{200B}width")]
    [InlineData("Zoë 😀", "Zoë 😀")]
    public void What_could_not_be_seen_is_written_out(string given, string kept) => Assert.Equal(kept, AuditText.Of(given));

    // Not as data of the theory: metadata cannot hold half a pair.
    [Fact]
    public void Half_a_pair_is_replaced() => Assert.Equal("half \uFFFD", AuditText.Of("half \uD800"));

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("😀")]
    [InlineData("\n")]
    public void Value_takes_a_kilobyte_at_most_and_no_character_is_split(string repeated)
    {
        var kept = AuditText.Of(string.Concat(Enumerable.Repeat(repeated, 2_000)));

        Assert.InRange(Encoding.UTF8.GetByteCount(kept), AuditText.MostBytes - 8, AuditText.MostBytes);
        Assert.EndsWith("…", kept, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', kept);
        Assert.Equal(kept, AuditText.Of(kept));
    }

    [Fact]
    public void States_stay_json_and_their_values_are_cut()
    {
        var state = JsonSerializer.Serialize(new { Name = new string('x', 5_000), Uris = new[] { new string('y', 3_000), "z" }, Count = 7, Off = false });

        var kept = AuditText.Of(Entry(state)).After!;

        using var json = JsonDocument.Parse(kept);
        Assert.Equal(AuditText.MostBytes, Encoding.UTF8.GetByteCount(json.RootElement.GetProperty("Name").GetString()!));
        Assert.Equal("z", json.RootElement.GetProperty("Uris")[1].GetString());
        Assert.Equal(7, json.RootElement.GetProperty("Count").GetInt32());
        Assert.Equal(kept, AuditText.Of(Entry(kept)).After);
    }

    [Theory]
    [InlineData("{\"a\":\"\u202E\u001b\"}")]
    [InlineData("not json \u001b at all")]
    [InlineData("\0")]
    [InlineData("\uD800")]
    public void Nothing_of_a_state_is_invisible(string state) =>
        Assert.DoesNotContain(AuditText.Of(Entry(state)).After!, character => char.IsControl(character) || character is '\u202E');

    private static AuditEntry Entry(string after) => new(Actor.Signet, "a.b", "thing", "1", After: after);
}

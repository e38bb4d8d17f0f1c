using Dashboard.Core.Storage.Migration;

namespace Dashboard.Tests.Unit.Storage.Migration;

public sealed class TableDigestTests
{
    private static readonly StoreRow[] Rows =
    [
        Row(("a", 1L)), Row(("a", "1")), Row(("a", "1"u8.ToArray())), Row(("a", "")), Row(("b", "")), Row(("a", "b"), ("c", "")),
        Row(("a", ""), ("b", "c")), Row(), Row(("a", 0L)), Row(("a", "é")),
    ];

    [Fact]
    public void Rows_that_differ_in_name_kind_or_value_have_different_hashes() =>
        Assert.Distinct(Rows.Select(row => HashOf(row)));

    [Fact]
    public void The_order_of_columns_and_rows_does_not_matter()
    {
        Assert.Equal(HashOf(Row(("a", 1L), ("b", "x"))), HashOf(Row(("b", "x"), ("a", 1L))));
        Assert.Equal(HashOf(Rows), HashOf([.. Rows.Reverse()]));
    }

    [Fact]
    public void A_column_that_is_null_is_not_there() => Assert.Equal(HashOf(Row(("a", 1L))), HashOf(Row(("a", 1L), ("b", null))));

    [Fact]
    public void Any_row_more_less_or_twice_is_seen()
    {
        var all = HashOf(Rows);
        Assert.All(Rows, row => Assert.NotEqual(all, HashOf([.. Rows.Where(other => other != row)])));
        Assert.All(Rows, row => Assert.NotEqual(all, HashOf([.. Rows, row])));
    }

    [Fact]
    public void The_sum_carries_over_both_halves()
    {
        // The sum of many hashes is the same however they are grouped only where nothing is lost between the halves.
        var many = Enumerable.Range(0, 1_000).Select(number => Row(("n", (long)number))).ToArray();
        var expected = many
            .Select(row => System.Numerics.BigInteger.Parse("0" + HashOf(row), System.Globalization.NumberStyles.HexNumber))
            .Aggregate((left, right) => left + right) % System.Numerics.BigInteger.Pow(2, 256);

        Assert.Equal(expected, System.Numerics.BigInteger.Parse("0" + HashOf(many), System.Globalization.NumberStyles.HexNumber));
    }

    private static StoreRow Row(params (string Name, object? Value)[] columns) => new(columns);

    private static string HashOf(params StoreRow[] rows)
    {
        var digest = new TableDigest();
        foreach (var row in rows)
        {
            digest.Add(row);
        }

        Assert.Equal(rows.Length, digest.Rows);
        return digest.Hash;
    }
}

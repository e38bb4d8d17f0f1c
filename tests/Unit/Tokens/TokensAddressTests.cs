using Dashboard.Controls;
using Dashboard.Core.Tokens;
using Dashboard.Core.Tokens.Ledger;
using Dashboard.Hosting.Tokens;
using Dashboard.Tokens;

namespace Dashboard.Tests.Unit.Tokens;

public sealed class TokensAddressTests
{
    private const string Host = "https://signet.example.com";
    private static readonly DateTimeOffset Time = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Every_filter_survives_the_address()
    {
        var filter = new LedgerFilter
        {
            Status = TokenStatus.Revoked,
            Kind = TokenKind.Minted,
            Subject = "a&b=c d",
            Client = "#client?",
            Session = "s",
            Family = "f",
            Scope = "files:read",
            KeyId = "k",
            IssuedFrom = Time,
            IssuedTo = Time.AddDays(1),
            ExpiresFrom = Time.AddDays(2),
            ExpiresTo = Time.AddDays(3),
            RevokedFrom = Time.AddHours(1),
            NeverPresented = true,
            Text = "مستخدم",
        };

        var read = TokensAddress.Read(Host + TokensAddress.Of(filter), out var faults);

        Assert.Empty(faults);
        Assert.Equal(filter, read.Filter);
        Assert.All(TokenQuery.Write(filter).Values, Assert.NotNull);
    }

    [Theory]
    [InlineData("/tokens?cursor=nonsense&n=4")]
    [InlineData("/tokens?n=4")]
    [InlineData("/tokens?cursor=MTo1&n=0")]
    [InlineData("/tokens?cursor=MTo1&n=-3")]
    [InlineData("/tokens?cursor=MTo1")]
    public void Position_that_makes_no_sense_is_the_first_page(string address) =>
        Assert.Equal(TokensAddress.Everything, TokensAddress.Read(Host + address, out _));

    [Fact]
    public void Position_survives_the_address()
    {
        var address = new TokensAddress(new LedgerFilter { Client = "portal" }, new ListPosition("MTo1", 3));

        Assert.Equal(address, TokensAddress.Read(Host + address, out _));
    }
}

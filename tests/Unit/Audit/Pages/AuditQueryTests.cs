using Dashboard.Audit;
using Dashboard.Core.Audit;

namespace Dashboard.Tests.Unit.Audit.Pages;

public sealed class AuditQueryTests
{
    [Fact]
    public void Address_says_the_filter_and_is_understood_again()
    {
        var filter = new AuditFilter(
            "al/ice", "keys.rotated", "a&b", "key", "why?", new DateTimeOffset(2030, 1, 1, 1, 2, 3, 45, TimeSpan.Zero), new DateTimeOffset(2030, 2, 1, 0, 0, 0, TimeSpan.Zero));

        var address = AuditAddress.Read("https://signet.example.com" + AuditAddress.Of(filter), out var faults);

        Assert.Empty(faults);
        Assert.Equal(filter, address.Filter);
        Assert.Equal("/audit", AuditAddress.Of(new AuditFilter()));
        Assert.True(AuditAddress.Read("https://signet.example.com" + AuditAddress.Integrity, out _).ShowsIntegrity);
    }

    [Fact]
    public void What_is_not_understood_does_not_filter_and_is_named()
    {
        var address = AuditAddress.Read($"https://signet.example.com/audit?from=yesterday&before=1900-01-01&operator={new string('x', 1_025)}&action=a.b", out var faults);

        Assert.Equal(new AuditFilter(Action: "a.b"), address.Filter);
        Assert.Equal(["operator", "from", "before"], faults.Select(fault => fault.Field));
    }
}

using Dashboard.Failures;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Failures;

public sealed class FailurePaletteSourceTests : PageTest
{
    [Theory]
    [InlineData("req_0123456789abcdef", true)]
    [InlineData("req_0123456789abcde", false)]
    [InlineData("REQ_0123456789ABCDEF", false)]
    [InlineData("req_0123456789abcdef/..", false)]
    [InlineData("", false)]
    public async Task Only_a_whole_reference_is_offered(string text, bool offered)
    {
        var source = new FailurePaletteSource(
            Services.GetRequiredService<AuthenticationStateProvider>(), Services.GetRequiredService<IAuthorizationService>());

        var found = await source.FindAsync(text, Stop);

        Assert.Equal(offered ? [$"/failures/{text}"] : [], found.Select(item => item.Href));
    }
}

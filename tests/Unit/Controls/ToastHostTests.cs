using Bunit;
using Dashboard.Controls;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Controls;

/// <summary>Short messages, as they are read.</summary>
public sealed class ToastHostTests : BunitContext
{
    public ToastHostTests()
    {
        Services.AddSingleton<TimeProvider>(new ManualClock());
        Services.AddControls();
    }

    [Fact]
    public void Link_stands_apart_from_the_text()
    {
        var host = Render<ToastHost>();

        Services.GetRequiredService<Toasts>().Notice("A key ends soon", "/alerts/1");

        host.WaitForAssertion(() =>
            Assert.Equal("Alert: A key ends soon Look at it", host.Find(".toast .text").TextContent.Trim()));
    }
}

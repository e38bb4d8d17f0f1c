using Dashboard.SignIn;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.SignIn;

public sealed class OpenCircuitsTests
{
    private readonly OpenCircuits _open = new(Options.Create(new CircuitLimitOptions { PerSession = 2, PerAddress = 3, Total = 4 }));

    [Fact]
    public void Session_has_so_many_places()
    {
        Enter("one", "a");
        var second = Enter("one", "b");

        Assert.Null(_open.Enter("one", "c"));
        Assert.False(_open.HasRoom("one", "c"));
        second.Dispose();
        second.Dispose();
        Enter("one", "c");
        Assert.Null(_open.Enter("one", "c"));
    }

    [Fact]
    public void Address_has_so_many_places_whatever_the_session()
    {
        Enter("one", "a");
        Enter("two", "a");
        Enter("three", "a");

        Assert.Null(_open.Enter("four", "a"));
        Enter("four", "b");
    }

    [Fact]
    public void All_together_have_so_many_places()
    {
        foreach (var name in (string[])["one", "two", "three", "four"])
        {
            Enter(name, name);
        }

        Assert.Null(_open.Enter("five", "five"));
    }

    [Fact]
    public void Places_taken_at_once_are_never_too_many()
    {
        var taken = 0;

        Parallel.For(0, 64, _ =>
        {
            if (_open.Enter("one", "a") is not null)
            {
                Interlocked.Increment(ref taken);
            }
        });

        Assert.Equal(2, taken);
    }

    private IDisposable Enter(string session, string address)
    {
        var place = _open.Enter(session, address);
        Assert.NotNull(place);
        return place;
    }
}

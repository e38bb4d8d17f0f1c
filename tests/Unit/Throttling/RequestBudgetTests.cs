using System.Net;
using Dashboard.Core.Throttling.Budgets;
using Dashboard.Tests.Unit.Infrastructure;
using Microsoft.Extensions.Options;

namespace Dashboard.Tests.Unit.Throttling;

/// <summary>What one address may cost in a minute, on one node.</summary>
public sealed class RequestBudgetTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress There = IPAddress.Parse("192.0.2.2");

    private readonly ManualClock _clock = new();
    private readonly BudgetOptions _options = new() { Validation = 10, Authorization = 10 };
    private readonly RequestBudgets _budgets;

    public RequestBudgetTests() => _budgets = new RequestBudgets(Options.Create(_options), _clock);

    [Fact]
    public void Each_address_has_its_own_of_every_kind()
    {
        Charge(9, Here);
        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));

        Charge(1, Here);

        Assert.NotNull(_budgets.FindSpent(RequestBudget.Validation, Here));
        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, There));
        Assert.Null(_budgets.FindSpent(RequestBudget.Authorization, Here));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(30, 10)]
    [InlineData(59, 25)]
    public void Wait_is_as_long_as_it_says(int second, int charges)
    {
        _clock.Advance(TimeSpan.FromSeconds(second));
        Charge(charges, Here);
        var spent = _budgets.FindSpent(RequestBudget.Validation, Here)!;
        Assert.Equal(10, spent.Limit);
        Assert.Equal(_clock.GetUtcNow() + spent.Wait, spent.ResetsAt);

        _clock.Advance(spent.Wait - TimeSpan.FromMilliseconds(2));
        Assert.NotNull(_budgets.FindSpent(RequestBudget.Validation, Here));

        _clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));
    }

    [Fact]
    public void Window_slides_over_the_end_of_a_minute()
    {
        _clock.Advance(TimeSpan.FromSeconds(59));
        Charge(10, Here);

        _clock.Advance(TimeSpan.FromSeconds(7));

        // Nine tenths of the last minute still count.
        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));
        Charge(1, Here);
        Assert.NotNull(_budgets.FindSpent(RequestBudget.Validation, Here));
    }

    [Fact]
    public void Zero_is_no_limit_and_counts_nothing()
    {
        _options.Validation = 0;

        Charge(1_000, Here);

        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));
        Assert.Equal(0, _budgets.Entries);
    }

    [Fact]
    public void Alone_a_node_allows_half()
    {
        Charge(5, Here);
        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));

        _budgets.IsAlone = true;

        Assert.NotNull(_budgets.FindSpent(RequestBudget.Validation, Here));
    }

    [Fact]
    public void Of_many_at_once_no_more_spend_it_than_there_is()
    {
        var spent = new SpentBudget?[64];
        Parallel.For(0, spent.Length, number => spent[number] = _budgets.Spend(RequestBudget.Validation, Here));

        Assert.Equal(10, spent.Count(each => each is null));
        Assert.Equal(_budgets.FindSpent(RequestBudget.Validation, Here), _budgets.Spend(RequestBudget.Validation, Here));

        _budgets.Refund(RequestBudget.Validation, Here);
        Assert.Null(_budgets.Spend(RequestBudget.Validation, Here));
        Assert.NotNull(_budgets.Spend(RequestBudget.Validation, Here));
    }

    [Fact]
    public void Memory_is_bounded_and_returns()
    {
        for (var number = 0; number < RequestBudgets.MostEntries + 100; number++)
        {
            _budgets.Charge(RequestBudget.Validation, new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]));
        }

        Assert.Equal(RequestBudgets.MostEntries, _budgets.Entries);
        _budgets.Sweep();
        Assert.Equal(RequestBudgets.MostEntries, _budgets.Entries);

        _clock.Advance(TimeSpan.FromMinutes(2));
        _budgets.Sweep();

        Assert.Equal(0, _budgets.Entries);
        Charge(10, Here);
        Assert.NotNull(_budgets.FindSpent(RequestBudget.Validation, Here));
    }

    [Fact]
    public void Clock_that_is_set_back_begins_anew()
    {
        Charge(10, Here);

        _clock.Jump(_clock.GetUtcNow().AddHours(-1));

        Assert.Null(_budgets.FindSpent(RequestBudget.Validation, Here));
    }

    private void Charge(int times, IPAddress address)
    {
        for (var number = 0; number < times; number++)
        {
            _budgets.Charge(RequestBudget.Validation, address);
        }
    }
}

using System.Reflection;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A store that can be away: whatever is asked of it then fails as the real one would.</summary>
public class AwayStore : DispatchProxy
{
    private object _inner = null!;
    private Func<bool> _isAway = null!;

    /// <summary>Puts itself before whichever store there is.</summary>
    /// <typeparam name="TStore">The interface of the store.</typeparam>
    public static void Insert<TStore>(IServiceCollection services, Func<bool> isAway)
        where TStore : class
    {
        var stored = services.Last(service => service.ServiceType == typeof(TStore)).ImplementationFactory!;
        services.AddSingleton(provider =>
        {
            var proxy = Create<TStore, AwayStore>();
            var store = (AwayStore)(object)proxy;
            (store._inner, store._isAway) = (stored(provider), isAway);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _isAway() ? throw new StoreUnavailableException("The test says no.") : targetMethod!.Invoke(_inner, args);
}

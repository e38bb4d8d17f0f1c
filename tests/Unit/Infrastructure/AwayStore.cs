using System.Reflection;
using Dashboard.Core.Primitives;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests.Unit.Infrastructure;

/// <summary>A store that can be away: whatever is asked of it then fails as the real one would.</summary>
/// <typeparam name="TStore">The interface of the store.</typeparam>
public class AwayStore<TStore> : DispatchProxy
    where TStore : class
{
    private TStore _inner = null!;
    private Func<bool> _isAway = null!;

    /// <summary>Puts itself before whichever store there is.</summary>
    public static void Insert(IServiceCollection services, Func<bool> isAway)
    {
        var stored = services.Last(service => service.ServiceType == typeof(TStore)).ImplementationFactory!;
        services.AddSingleton(provider =>
        {
            var proxy = Create<TStore, AwayStore<TStore>>();
            var store = (AwayStore<TStore>)(object)proxy;
            (store._inner, store._isAway) = ((TStore)stored(provider), isAway);
            return proxy;
        });
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _isAway() ? throw new StoreUnavailableException("The test says no.") : targetMethod!.Invoke(_inner, args);
}

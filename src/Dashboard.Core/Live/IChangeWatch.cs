using Microsoft.Extensions.Hosting;

namespace Dashboard.Core.Live;

/// <summary>Notices what other processes change in a store that tells nobody. Where nodes tell each other it does nothing.</summary>
internal interface IChangeWatch : IHostedService;

"""Jobs of the site itself."""

from procrastinate import JobContext
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *", periodic_id="retry-stalled")
@app.task(queueing_lock="retry-stalled", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> None:
    """Put the jobs of a killed worker back; it rolled back, so they run as if never begun."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        await manager.retry_job(job)

"""Addresses of the staff's pages, all under /admin/."""

from django.urls import path

from curation.views import batches, bulk, desk, doubles, doubtful, history, job, merge, queue, upload

app_name = "curation"

urlpatterns = [
    path("", desk.first_page, name="desk"),
    path("batches/", batches.batch_list, name="batch_list"),
    path("batches/<int:number>/", batches.batch, name="batch"),
    path("batches/<int:number>/undo/", batches.undo_batch, name="undo"),
    path("history/deleted/", history.deleted, name="deleted"),
    path("history/<slug:kind>/<str:row>/", history.row_history, name="history"),
    path("history/<slug:kind>/<str:row>/compare/", history.compare, name="compare"),
    path("history/<slug:kind>/<str:row>/restore/", history.restore, name="restore"),
    path("bulk/<slug:kind>/", bulk.bulk, name="bulk"),
    path("upload/", upload.upload, name="upload"),
    path("upload/<int:number>/", upload.upload, name="upload_more"),
    path("jobs/", job.job_list, name="jobs"),
    path("jobs/page/<int:page>/", job.job_list, name="jobs_page"),
    path("jobs/<int:number>/", job.job, name="job"),
    path("jobs/<int:number>/progress/", job.progress, name="job_progress"),
    path("jobs/<int:number>/errors.txt", job.errors, name="job_errors"),
    path("jobs/<int:number>/check/", job.check, name="job_check"),
    path("jobs/<int:number>/load/", job.load, name="job_load"),
    path("jobs/<int:number>/cancel/", job.cancel, name="job_cancel"),
    path("jobs/<int:number>/retry/", job.retry, name="job_retry"),
    path("jobs/<int:number>/files/<int:order>/", job.job_file, name="job_file"),
    path("jobs/<int:number>/files/<int:order>/<int:article>/", job.job_file, name="job_article"),
    path("jobs/<int:number>/files/<int:order>/remove/", job.remove, name="job_file_remove"),
    path("queue/", queue.waiting, name="queue"),
    path("queue/next/", queue.next_article, name="queue_next"),
    path("queue/<int:pk>/", queue.article, name="queue_article"),
    path("queue/<int:after>/next/", queue.next_article, name="queue_next_after"),
    path("queue/<int:pk>/decide/", queue.verdict, name="queue_decide"),
    path("queue/<int:pk>/edit/<slug:key>/", queue.edit, name="queue_edit"),
    path("queue/<int:pk>/hold/", queue.hold, name="queue_hold"),
    path("queue/<int:pk>/leave/", queue.leave, name="queue_leave"),
    path("queue/<int:pk>/take-over/", queue.take_over, name="queue_take_over"),
    path("doubtful/", doubtful.doubtful, name="doubtful"),
    path("doubtful/<slug:sort>/", doubtful.doubtful, name="doubtful_sort"),
    path("doubles/", doubles.doubles, name="doubles"),
    path("doubles/search/", doubles.search, name="doubles_search"),
    path("doubles/different/", doubles.different, name="doubles_different"),
    path("doubles/undecided/", doubles.undecided, name="doubles_undecided"),
    path("doubles/<slug:kind>/<int:pk>/", doubles.doubles_of, name="doubles_of"),
    path("merge/<slug:kind>/<int:kept>/<int:gone>/", merge.merging, name="merge"),
    path("unmerge/<int:number>/", merge.unmerge, name="unmerge"),
]
